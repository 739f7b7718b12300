import { setTimeout as timer } from 'node:timers/promises';

/** How long the app waits for Slack, in milliseconds. */
export interface SlackTimes {
  /** Waits before another try. Rejects as soon as the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** For progress and lookups: two of this length still leave time to acknowledge a command. */
  readonly quickMs: number;
  /** For a message with all its blocks over a slow line. */
  readonly answerMs: number;
  /** For the first message of a question to become its headline, before the answer is posted below it all the same. */
  readonly headlineMs: number;
  /** For a file: a hundred thousand rows are about 15 MB, which take this long over a slow line. */
  readonly uploadMs: number;
}

export const SLACK_TIMES: SlackTimes = {
  sleep: (ms, signal) => timer(ms, undefined, { signal }),
  quickMs: 1_300,
  answerMs: 10_000,
  headlineMs: 3_000,
  uploadMs: 120_000,
};
