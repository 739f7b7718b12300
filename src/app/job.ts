/** Work that goes on by itself while the app runs. */
export interface Job {
  /** What it does, for the log: `land files of the sample network`. */
  readonly name: string;
  readonly everyMs: number;
  /** Runs the job once. The signal is aborted when the app stops. */
  run(signal: AbortSignal): Promise<void>;
}

/**
 * Runs each job again and again, never twice at once, without keeping the process alive; one that fails is run again at
 * its next time. Returns what stops them all, which aborts those that run.
 */
export function startJobs(jobs: readonly Job[], onError: (error: unknown, job: Job) => void): () => void {
  const stopping = new AbortController();
  const timers = jobs.map((job) => {
    let isRunning = false;
    const runOnce = async () => {
      if (isRunning) return;
      isRunning = true;
      try {
        await job.run(stopping.signal);
      } catch (error) {
        if (!stopping.signal.aborted) onError(error, job);
      } finally {
        isRunning = false;
      }
    };
    return setInterval(() => void runOnce(), job.everyMs).unref();
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
    stopping.abort();
  };
}
