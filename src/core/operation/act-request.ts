import type { Report } from './report.ts';

/** Who says something, as far as it decides what they may. */
export interface Who {
  /** A user id of Slack, or `terminal`. */
  readonly person: string;
  /** A guest, or of another workspace: never meant by `everyone`. */
  readonly isOutsider?: boolean | undefined;
}

/** Whose command it is: the same id for every attempt. */
export interface ActRequest extends Who {
  readonly id: string;
  readonly channel: string;
  readonly thread: string;
}

/** How a command is carried out. */
export interface ActOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (report: Report) => void;
}
