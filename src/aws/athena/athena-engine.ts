import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Engine, OnStart, Run, Statement } from '../../core/answer/engine.ts';
import { type EnginePlaces, stopped } from '../../core/answer/turns.ts';
import { type Billed, EngineError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { countedObjects } from '../../core/lake/scan.ts';
import type { AthenaCalls } from './athena-calls.ts';
import { billedFor, callError, executionError, mayRunAgain, redacted } from './athena-error.ts';
import { createPoller } from './poller.ts';
import type { OpenObject } from './result-file.ts';
import { readResults } from './results.ts';
import { clientToken, type ExecutionContext, startExecution } from './start-execution.ts';
import { stopExecution } from './stop-execution.ts';
import type { PendingState } from './watcher.ts';

/** How Athena is called, and where. */
export interface AthenaEngineParts extends AthenaCalls {
  readonly context: ExecutionContext;
  readonly newId: () => string;
  /** Opens a result that is too long for pages; needs `s3:GetObject` on the workgroup's results. */
  readonly openObject?: OpenObject;
  /** Called whenever an execution is queued or begins, so that progress can say so. Must not throw. */
  readonly onState?: (state: PendingState, runId: string, statement: Statement) => void;
}

/** Half of the account's quota is left to others. */
const QUERIES_AT_ONCE = AWS_LIMITS.activeQueries / 2;

/** Two of ten queries are always short ones: of an hour of most networks, which Athena reads in a few seconds. */
export const ATHENA_PLACES: EnginePlaces = {
  atOnce: QUERIES_AT_ONCE,
  longAtOnce: QUERIES_AT_ONCE - 2,
  longerThanBytes: 1_000_000_000,
};

/** Amazon Athena, the engine of production. One for the whole process: it asks for all executions at once. */
export function createAthenaEngine({
  client,
  context,
  newId,
  openObject,
  onState,
  ...options
}: AthenaEngineParts): Engine {
  const { workgroup } = context;
  const poller = createPoller({ client, ...options });

  /** How many questions start an execution or wait for it, by token: those of one identity get the same one. */
  const waiting = new Map<string, number>();

  async function execute(
    statement: Statement,
    token: string,
    signal: AbortSignal,
    onStart?: OnStart,
  ): Promise<QueryExecution> {
    waiting.set(token, (waiting.get(token) ?? 0) + 1);
    try {
      const runId = await startExecution(statement, token, { client, context, ...options }, signal);
      try {
        await onStart?.(runId);
        return await poller.final(runId, signal, (state) => onState?.(state, runId, statement));
      } catch (error) {
        // The others still want its rows, and one of them is charged for it.
        if (signal.aborted && (waiting.get(token) ?? 0) > 1) throw stopped(signal, redacted(error));
        throw await stopExecution(runId, error, signal, { client, poller, workgroup, ...options });
      }
    } finally {
      const others = (waiting.get(token) ?? 1) - 1;
      if (others === 0) waiting.delete(token);
      else waiting.set(token, others);
    }
  }

  /** An execution that failed by a fault of Athena's own is free, and is tried a second time. */
  async function executeTwiceAtMost(
    statement: Statement,
    signal: AbortSignal,
    onStart?: OnStart,
  ): Promise<QueryExecution> {
    const asker = statement.identity ?? newId();
    const token = (attempt: number) => clientToken(statement, { asker, context, attempt });
    const first = await execute(statement, token(1), signal, onStart);
    return mayRunAgain(first) ? execute(statement, token(2), signal, onStart) : first;
  }

  function runOf(execution: QueryExecution, { scan }: Statement): Run {
    const { QueryExecutionId: id = '', Statistics: { DataScannedInBytes, ...statistics } = {} } = execution;
    return {
      scannedBytes: DataScannedInBytes ?? 0,
      filesRead: countedObjects(scan.objects).length,
      elapsedMs: statistics.TotalExecutionTimeInMillis ?? 0,
      reused: statistics.ResultReuseInformation?.ReusedPreviousResult ?? false,
      id,
      unread: [],
      // Athena reads such a line as a record of NULLs, or not at all, and says nothing of it.
      unreadableLines: undefined,
    };
  }

  return {
    name: 'athena',
    bills: true,
    async run(statement, take, signal, onStart) {
      let billed: Billed | undefined;
      try {
        const execution = await executeTwiceAtMost(statement, signal, onStart);
        if (execution.Status?.State !== 'SUCCEEDED') throw executionError(execution, workgroup);
        // It is charged even when its rows do not reach us.
        billed = billedFor(execution, 'broken');
        await readResults(execution, { client, openObject, ...options }, take, signal);
        return runOf(execution, statement);
      } catch (error) {
        if (error instanceof EngineError) throw billed === undefined ? error : charged(error, billed);
        if (signal.aborted) throw stopped(signal, redacted(error), billed);
        throw callError(error, { workgroup, billed });
      }
    },
  };
}

function charged({ code, message, cause }: EngineError, billed: Billed): EngineError {
  return new EngineError(code, message, { cause, billed });
}
