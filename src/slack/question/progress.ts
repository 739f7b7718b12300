import type { Expected } from '../../core/answer/cost/estimate.ts';
import type { Scan } from '../../core/ports/scan.ts';
import { LIMITS } from '../../render/limits.ts';
import type { RequestStatus } from '../../render/messages/parent-message.ts';

/** Shows from time to time how far a request is. */
export interface Progress {
  /** Takes what will be read, for the next update. */
  scanned(scan: Scan, expected?: Expected): void;
  /** Takes how many questions come first, for the next update. */
  waiting(before: number): void;
  stop(): void;
}

/** Long requests are updated less and less often: all of them share Slack's allowance of updates. */
const SLOWER = 1.5;
const SLOWEST_MS = 15_000;

/** Starts the updates: `show` gets the status and the time passed, and the next update waits until it is done. */
export function startProgress(
  show: (status: RequestStatus, elapsedMs: number) => Promise<void>,
  now: () => Date,
): Progress {
  const startedMs = now().getTime();
  let status: RequestStatus = {};
  let stopped = false;
  let timer = setTimeout(update, LIMITS.progressEveryMs, LIMITS.progressEveryMs);

  async function update(pauseMs: number): Promise<void> {
    await show(status, now().getTime() - startedMs);
    const nextMs = Math.min(pauseMs * SLOWER, SLOWEST_MS);
    if (!stopped) timer = setTimeout(update, nextMs, nextMs);
  }

  return {
    scanned(scan, expected) {
      status = { ...status, scan, expected };
    },
    waiting(before) {
      status = { ...status, before };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
