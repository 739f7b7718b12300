import { expect, it } from 'vitest';
import { watchTurns } from '../../../src/app/observe/watch-turns.ts';
import { createTurns } from '../../../src/core/answer/turns.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

it('the levels of turns count who waits and who runs, also when work fails or is given up', async () => {
  const { turns, levels } = watchTurns(createTurns(1));
  const ends: (() => void)[] = [];
  const work = () => new Promise<void>((end) => ends.push(end));
  const signal = () => new AbortController().signal;
  const first = turns('A', work, { signal: signal() });
  const second = turns('B', () => Promise.reject(new Error('broken')), { signal: signal() });
  const leaving = new AbortController();
  const third = turns('C', work, { signal: leaving.signal });
  await settle();
  expect(levels()).toEqual({ waiting: 2, running: 1 });
  leaving.abort(new Error('left'));
  await expect(third).rejects.toThrow('left');
  expect(levels()).toEqual({ waiting: 1, running: 1 });
  ends[0]?.();
  await first;
  await expect(second).rejects.toThrow('broken');
  expect(levels()).toEqual({ waiting: 0, running: 0 });
});

it('work that has its turn gives what it gave without a watch', async () => {
  const { turns, levels } = watchTurns(createTurns(2));
  const signal = new AbortController().signal;
  expect(await turns('A', async () => levels(), { signal })).toEqual({ waiting: 0, running: 1 });
});
