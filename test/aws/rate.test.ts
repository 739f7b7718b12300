import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createRate } from '../../src/aws/rate.ts';
import { unstopped } from './athena/a-statement.ts';
import { busiestSecond } from './athena/busiest-second.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** A rate, and when it let each caller through, by its name. */
function givenRate(amount: number) {
  const rate = createRate(amount, { elapsedMs: () => Date.now(), sleep });
  const startedMs = Date.now();
  const through: (readonly [name: number, atMs: number])[] = [];
  const refused: (readonly [name: number, atMs: number])[] = [];
  const ask = (name: number, signal = unstopped()) =>
    rate(signal).then(
      () => void through.push([name, Date.now() - startedMs]),
      () => void refused.push([name, Date.now() - startedMs]),
    );
  return { ask, through, refused, timesMs: () => through.map(([, atMs]) => atMs) };
}

describe('a rate of twenty a second', () => {
  it('lets sixty callers at once through in their order, twenty in any second', async () => {
    const { ask, through, timesMs } = givenRate(20);
    for (let name = 0; name < 60; name += 1) void ask(name);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(through.map(([name]) => name)).toEqual(Array.from({ length: 60 }, (_, name) => name));
    expect(busiestSecond(timesMs())).toBe(20);
    expect(timesMs().at(-1)).toBe(2_000);
  });

  it('does not delay callers who come more rarely', async () => {
    const { ask, through } = givenRate(20);
    for (let name = 0; name < 100; name += 1) {
      void ask(name);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(through).toEqual(Array.from({ length: 100 }, (_, name) => [name, name * 50]));
  });
});

describe('a caller who leaves the queue', () => {
  it('is refused at once, and those behind do not wait for it', async () => {
    const { ask, through, refused } = givenRate(1);
    const leaving = new AbortController();
    void ask(0);
    void ask(1, leaving.signal);
    void ask(2, leaving.signal);
    void ask(3);
    await vi.advanceTimersByTimeAsync(300);
    leaving.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(refused).toEqual([
      [1, 300],
      [2, 300],
    ]);
    expect(through).toEqual([
      [0, 0],
      [3, 1_000],
    ]);
  });

  it('is refused without a turn when it had left before', async () => {
    const { ask, through, refused } = givenRate(1);
    void ask(0, AbortSignal.abort());
    void ask(1);
    await vi.advanceTimersByTimeAsync(0);
    expect([through, refused]).toEqual([[[1, 0]], [[0, 0]]]);
  });
});

it('the rate limiter keeps to its rate and its order while callers come and go', async () => {
  const callers = fc.array(
    fc.record({
      comesMs: fc.integer({ min: 0, max: 4_000 }),
      leavesAfterMs: fc.option(fc.integer({ min: 0, max: 2_000 })),
    }),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), callers, async (amount, all) => {
      const { ask, through, refused, timesMs } = givenRate(amount);
      const inOrder = all.toSorted((a, b) => a.comesMs - b.comesMs);
      for (const [name, { comesMs, leavesAfterMs }] of inOrder.entries()) {
        const leaving = new AbortController();
        setTimeout(() => void ask(name, leaving.signal), comesMs);
        if (leavesAfterMs !== null) setTimeout(() => leaving.abort(), comesMs + leavesAfterMs);
      }
      await vi.advanceTimersByTimeAsync(60_000);
      expect(busiestSecond(timesMs())).toBeLessThanOrEqual(amount);
      expect(through.length + refused.length).toBe(all.length);
      const names = through.map(([name]) => name);
      expect(names).toEqual(names.toSorted((a, b) => a - b));
      const lastMs = Math.max(0, ...inOrder.map(({ comesMs }) => comesMs));
      expect(Math.max(0, ...timesMs())).toBeLessThanOrEqual(lastMs + 1_000 * Math.ceil(all.length / amount));
    }),
    { seed: 7, numRuns: 60 },
  );
});
