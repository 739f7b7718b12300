import { AwsFault } from './aws-fault.ts';

/** The calls that are answered. */
export type Operation =
  | 'StartQueryExecution'
  | 'BatchGetQueryExecution'
  | 'GetQueryExecution'
  | 'GetQueryResults'
  | 'StopQueryExecution';

/**
 * What happens to a call instead of its answer: an error of AWS; the connection breaks before anything was done, or
 * after it was done; no answer ever comes, half of one, or late; or Athena gives no state of any execution.
 */
export type Fault =
  | AwsFault
  | 'reset'
  | 'answer lost'
  | 'hang'
  | 'stall'
  | 'unprocessed'
  | { readonly slowMs: number };

export const THROTTLED = new AwsFault('ThrottlingException', 'Rate exceeded');
export const SERVER_FAULT = new AwsFault('InternalServerException', 'Internal server error', 500);
export const TOO_MANY = new AwsFault('TooManyRequestsException', 'Query limit exceeded', 400, {
  Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED',
});
export const EXPIRED = new AwsFault(
  'ExpiredTokenException',
  'The security token included in the request is expired',
);

/** IAM's refusal. */
export function denied(action: string, resource: string): AwsFault {
  return new AwsFault(
    'AccessDeniedException',
    `User: arn:aws:sts::123456789012:assumed-role/flowlog/app is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  );
}

/** Faults that wait for their calls, and the calls that were made. */
export interface FaultScript {
  /** The next calls of an operation fail. */
  fail(operation: Operation, fault: Fault, times?: number): void;
  /** Counts a call, and takes the fault that waits for it. */
  take(operation: Operation): Fault | undefined;
  readonly calls: Readonly<Record<Operation, number>>;
  /** How far the clock of Athena is ahead of this machine's, in milliseconds. */
  clock: { aheadMs: number };
}

/** A script in which nothing fails yet. */
export function createFaultScript(): FaultScript {
  const waiting = new Map<Operation, Fault[]>();
  const calls = {
    StartQueryExecution: 0,
    BatchGetQueryExecution: 0,
    GetQueryExecution: 0,
    GetQueryResults: 0,
    StopQueryExecution: 0,
  };
  return {
    calls,
    clock: { aheadMs: 0 },
    fail: (operation, fault, times = 1) => {
      const faults = Array.from({ length: times }, () => fault);
      waiting.set(operation, [...(waiting.get(operation) ?? []), ...faults]);
    },
    take: (operation) => {
      calls[operation] += 1;
      return waiting.get(operation)?.shift();
    },
  };
}
