import { describe, expect, it } from 'vitest';
import { withDeadline } from '../../src/core/deadline.ts';

/** Work that ends only when its signal is aborted, with the reason of that. */
const untilStopped = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });

describe('a deadline', () => {
  it('gives what the work gives, and leaves no timer behind', async () => {
    let seen: AbortSignal | undefined;
    const work = async (signal: AbortSignal) => {
      seen = signal;
      return 7;
    };
    expect(await withDeadline(1, work)).toBe(7);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen?.aborted).toBe(false);
  });

  it('ends work that takes longer, with a TimeoutError', async () => {
    await expect(withDeadline(1, untilStopped)).rejects.toMatchObject({ name: 'TimeoutError' });
    await expect(withDeadline(-5, untilStopped)).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('ends work with the reason of who stops it, also before it begins', async () => {
    const stopped = new AbortController();
    const ended = withDeadline(Number.POSITIVE_INFINITY, untilStopped, stopped.signal);
    stopped.abort('a person');
    await expect(ended).rejects.toBe('a person');
    await expect(withDeadline(60_000, untilStopped, stopped.signal)).rejects.toBe('a person');
  });

  it('fires ten thousand times of ten thousand, whatever is collected meanwhile', async () => {
    const stopped = new AbortController();
    const all = Array.from({ length: 10_000 }, (_, index) =>
      withDeadline(5 + (index % 40), untilStopped, stopped.signal).catch((error: Error) => error.name),
    );
    // Makes the collector run while the deadlines wait.
    const garbage = setInterval(() => Array.from({ length: 100_000 }, () => ({})), 1);
    const names = await Promise.all(all);
    clearInterval(garbage);
    expect(names.filter((name) => name === 'TimeoutError')).toHaveLength(10_000);
  });
});
