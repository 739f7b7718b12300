import { expect, it } from 'vitest';
import { withDeadline } from '../../src/core/deadline.ts';
import { createVirtualClock } from './virtual-clock.ts';

const BEGIN = new Date('2026-11-24T00:00Z');
const HOUR_MS = 3_600_000;

it('events happen in the order of their times, and those of one time in the order in which they were added', async () => {
  const clock = createVirtualClock(BEGIN);
  const happened: string[] = [];
  for (const [ms, what] of [
    [2, 'late'],
    [1, 'first'],
    [1, 'second'],
    [0, 'at once'],
  ] as const)
    clock.at(ms, () => happened.push(what));
  await clock.run();
  expect(happened).toEqual(['at once', 'first', 'second', 'late']);
});

it('a sleep of hours is over at once, at its time', async () => {
  const clock = createVirtualClock(BEGIN);
  const slept = clock.sleep(5 * HOUR_MS).then(() => clock.now());
  await clock.run();
  expect(await slept).toEqual(new Date('2026-11-24T05:00Z'));
});

it('a sleep ends when its signal is aborted, and time does not go on for it', async () => {
  const clock = createVirtualClock(BEGIN);
  const stop = new AbortController();
  const slept = clock.sleep(HOUR_MS, stop.signal).catch((reason: unknown) => reason);
  clock.at(10, () => stop.abort('stopped'));
  await clock.run();
  expect([await slept, clock.elapsedMs()]).toEqual(['stopped', 10]);
});

it('the deadlines of the product are those of the clock, and the timers of Node.js are back afterwards', async () => {
  const { setTimeout } = globalThis;
  const clock = createVirtualClock(BEGIN);
  let late: unknown;
  clock.at(0, () => {
    void withDeadline(2 * HOUR_MS, (signal) => clock.sleep(3 * HOUR_MS, signal)).catch((reason: unknown) => {
      late = [reason instanceof DOMException && reason.name, clock.elapsedMs()];
    });
  });
  await clock.run();
  expect(late).toEqual(['TimeoutError', 2 * HOUR_MS]);
  expect(globalThis.setTimeout).toBe(setTimeout);
});
