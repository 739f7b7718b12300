import type { Expected } from '../../core/answer/cost/estimate.ts';
import type { Scan } from '../../core/ports/scan.ts';
import { LIMITS } from '../../render/limits.ts';
import type { RequestStatus } from '../../render/messages/parent-message.ts';

/** Tells how far a question is, from time to time. */
export interface Progress {
  /** What will be read is known; said with the next news. */
  scanned(scan: Scan, expected?: Expected): void;
  /** So many others come first. */
  placed(before: number): void;
  stop(): void;
}

/** Long questions are told about less and less often: other people's questions share Slack's allowance of updates. */
const SLOWER = 1.5;
const SLOWEST_MS = 15_000;

/** Starts telling: `show` gets what is known and the time passed, and the next news waits until it is done. */
export function startProgress(
  show: (doing: RequestStatus, elapsedMs: number) => Promise<void>,
  now: () => Date,
): Progress {
  const startedMs = now().getTime();
  let doing: RequestStatus = {};
  let stopped = false;
  let timer = setTimeout(tell, LIMITS.progressEveryMs, LIMITS.progressEveryMs);

  async function tell(pauseMs: number): Promise<void> {
    await show(doing, now().getTime() - startedMs);
    const nextMs = Math.min(pauseMs * SLOWER, SLOWEST_MS);
    if (!stopped) timer = setTimeout(tell, nextMs, nextMs);
  }

  return {
    scanned(scan, expected) {
      doing = { ...doing, scan, expected };
    },
    placed(before) {
      doing = { ...doing, before };
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
