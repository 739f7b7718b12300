import type { ResultPart } from '../../../src/core/answer/engine.ts';
import type { StartInput } from './requests.ts';

/** What Athena's callers read of an execution, and what it holds. */
export interface Execution {
  readonly id: string;
  readonly input: StartInput;
  readonly outputLocation: string | undefined;
  readonly stop: AbortController;
  /** States that are reported before the true one, one for each request. */
  readonly reported: string[];
  state: string;
  reason?: string;
  error?: AthenaErrorFacts;
  scannedBytes: number;
  reused: boolean;
  run?: ResultPart;
  readonly startedMs: number;
  /** How often it was looked at, and a page of its rows was read. */
  looks: number;
  reads: number;
}

/** What Athena reports of a failure in addition to its reason. */
export interface AthenaErrorFacts {
  readonly ErrorCategory: number;
  readonly ErrorType: number;
  readonly Retryable?: boolean;
}

/** How the next execution goes, where it does not simply run. */
export interface Plan {
  readonly reported?: readonly string[];
  /** How long it waits before it runs, and then runs in addition to what its statement takes, in milliseconds. */
  readonly queuedMs?: number;
  readonly runningMs?: number;
  /** Goes on until it is stopped, and has read so much by then. */
  readonly endless?: { readonly scannedBytes: number };
  /** Ends so instead of by its statement. */
  readonly end?: {
    readonly state: 'FAILED' | 'CANCELLED';
    readonly reason: string;
    readonly error?: AthenaErrorFacts;
    readonly scannedBytes?: number;
  };
}

/** An execution as `BatchGetQueryExecution` describes it. */
export function executionShape(execution: Execution): object {
  const { id, input, outputLocation, reported, state, reason, error, scannedBytes, reused } = execution;
  const shown = reported.shift() ?? state;
  execution.looks += 1;
  return {
    QueryExecutionId: id,
    Query: input.QueryString,
    StatementType: 'DML',
    SubstatementType: 'SELECT',
    WorkGroup: input.WorkGroup,
    QueryExecutionContext: input.QueryExecutionContext,
    ResultConfiguration: { OutputLocation: outputLocation && `${outputLocation}${id}.csv` },
    Status: {
      State: shown,
      StateChangeReason: reason,
      AthenaError: error,
      SubmissionDateTime: 1_770_000_000,
    },
    Statistics: {
      DataScannedInBytes: scannedBytes,
      TotalExecutionTimeInMillis: 1_234,
      ResultReuseInformation: { ReusedPreviousResult: reused },
    },
  };
}
