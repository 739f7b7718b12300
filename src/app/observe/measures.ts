import type { StoreErrorCode } from '../../core/errors.ts';
import type { QuestionEnd } from './watch-requests.ts';

/** A try at a call to another system, and how it ended. */
interface MeasuredCall {
  /** `ok`, the other system's own word for the fault, or `no_connection`. */
  readonly code: string;
}

/** One call of Slack's Web API, or one message through a `response_url`. */
interface SlackCall extends MeasuredCall {
  /** `chat.postMessage`; `response_url`. */
  readonly method: string;
}

/** One attempt of AWS's SDK. */
interface AwsCall extends MeasuredCall {
  /** `athena`, `ec2`. */
  readonly service: string;
  /** As AWS names it: `StartQueryExecution`. */
  readonly operation: string;
}

/** What is read when measures are asked for, not when it changes. */
export interface Levels {
  /** Requests that were begun or taken up and have not ended. */
  readonly inFlight: number;
  /** Statements that wait for their turn, and those that run. */
  readonly waiting: number;
  readonly running: number;
  /** Sockets to Slack that are open; undefined in http mode. */
  readonly sockets: number | undefined;
  /** Whether deliveries of Slack reach this process. */
  readonly isConnected: boolean;
}

/** Takes what happened in the app, to be counted. Nothing in it names a person, a channel or an address. */
export interface Measures {
  ended(end: QuestionEnd): void;
  /** Questions of another process, whose lease ran out, that this one took over. */
  tookOver(questions: number): void;
  /** A delivery of Slack was acknowledged, so long after it came. */
  acknowledged(afterMs: number): void;
  calledSlack(call: SlackCall): void;
  calledAws(call: AwsCall): void;
  storeFailed(code: StoreErrorCode): void;
  jobFailed(job: string): void;
}

/** Counts nothing. */
export const NO_MEASURES: Measures = {
  ended() {},
  tookOver() {},
  acknowledged() {},
  calledSlack() {},
  calledAws() {},
  storeFailed() {},
  jobFailed() {},
};
