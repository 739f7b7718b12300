import { expect, it } from 'vitest';
import { untilAborted } from '../../src/core/until-aborted.ts';

const never = new Promise<never>(() => {});

it('comes to what the work comes to', async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(signal, Promise.resolve(1))).toBe(1);
  await expect(untilAborted(signal, Promise.reject(new Error('broken')))).rejects.toThrow('broken');
});

it('rejects with the reason as soon as the signal is aborted, and when it was before', async () => {
  const stop = new AbortController();
  const waiting = untilAborted(stop.signal, never);
  stop.abort(new Error('stopped'));
  await expect(waiting).rejects.toThrow('stopped');
  await expect(untilAborted(stop.signal, never)).rejects.toThrow('stopped');
});
