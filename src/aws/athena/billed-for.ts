import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Billed, EngineErrorCode } from '../../core/errors.ts';

/**
 * What an execution is charged for that gave us no rows. AWS: a cancelled query is charged for what it scanned, by a
 * person or by the workgroup's limit; a failed one is free, and one that runs into Athena's own time limit too.
 */
export function billedFor(execution: QueryExecution, code: EngineErrorCode): Billed | undefined {
  const { QueryExecutionId: runId = '', Status, Statistics } = execution;
  const free = (Status?.State === 'FAILED' && code !== 'over-limit') || code === 'timed-out';
  return free ? undefined : { runId, scannedBytes: Statistics?.DataScannedInBytes ?? 0 };
}
