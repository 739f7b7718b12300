import type { Report } from './report.ts';

/** Whose command it is: the same id for every attempt. */
export interface ActRequest {
  readonly id: string;
  readonly person: string;
  readonly channel: string;
  readonly thread: string;
}

/** How a command is carried out. */
export interface ActOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (report: Report) => void;
}
