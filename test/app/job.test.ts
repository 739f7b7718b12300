import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Job, startJobs } from '../../src/app/job.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function aJob(run: Job['run']): Job {
  return { name: 'count', everyMs: 1_000, run };
}

describe('a job', () => {
  it('runs each time that it is due, and no more once it is stopped', async () => {
    const run = vi.fn(async () => {});
    const stop = startJobs([aJob(run)], () => {});
    await vi.advanceTimersByTimeAsync(3_500);
    expect(run).toHaveBeenCalledTimes(3);
    stop();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(run).toHaveBeenCalledTimes(3);
  });

  it('never runs twice at once', async () => {
    let end = () => {};
    const run = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
    startJobs([aJob(run)], () => {});
    await vi.advanceTimersByTimeAsync(5_000);
    expect(run).toHaveBeenCalledTimes(1);
    end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('that fails is reported with its name, and runs again', async () => {
    const failed = vi.fn();
    const run = vi.fn(async () => {
      throw new Error('broken');
    });
    startJobs([aJob(run)], failed);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(failed.mock.calls.map(([error, { name }]) => [String(error), name])).toEqual([
      ['Error: broken', 'count'],
      ['Error: broken', 'count'],
    ]);
  });

  it('that runs when the app stops is aborted, and that is no failure', async () => {
    const failed = vi.fn();
    let aborted = false;
    const run = (signal: AbortSignal) =>
      new Promise<void>((_, reject) =>
        signal.addEventListener('abort', () => {
          aborted = true;
          reject(signal.reason);
        }),
      );
    const stop = startJobs([aJob(run)], failed);
    await vi.advanceTimersByTimeAsync(1_000);
    stop();
    await vi.advanceTimersByTimeAsync(1);
    expect(aborted).toBe(true);
    expect(failed).not.toHaveBeenCalled();
  });
});
