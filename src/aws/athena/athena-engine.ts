import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import { stopped } from '../../core/answer/turn/stopped.ts';
import { type Billed, EngineError } from '../../core/errors.ts';
import { countedObjects } from '../../core/lake/counted-objects.ts';
import type { Engine, Run, Statement } from '../../core/ports/engine.ts';
import type { CallPatience } from './athena-calls.ts';
import { athenaError, billedFor, executionError, harmless, mayPass } from './athena-error.ts';
import { createPoller } from './poller.ts';
import type { OpenObject } from './result-file.ts';
import { readResults } from './results.ts';
import { type AthenaPlace, clientToken, startExecution } from './start-execution.ts';
import { stopExecution } from './stop-execution.ts';
import type { PendingState } from './watcher.ts';

/** What the engine needs from outside. */
export interface AthenaEngineParts extends CallPatience {
  /** With time limits for connecting and for every request: the SDK has none of its own. */
  readonly client: Pick<AthenaClient, 'send'>;
  readonly place: AthenaPlace;
  readonly newId: () => string;
  /** Opens a result that is too long for pages; needs `s3:GetObject` on the workgroup's results. */
  readonly openObject?: OpenObject;
  /** Told whenever an execution is put into the queue or begins, so that progress can say so. Must not throw. */
  readonly onState?: (state: PendingState, runId: string, statement: Statement) => void;
}

/** Amazon Athena, the engine of production. One for the whole process: it asks for all executions at once. */
export function createAthenaEngine({
  client,
  place,
  newId,
  openObject,
  onState,
  ...patience
}: AthenaEngineParts): Engine {
  const { workgroup } = place;
  const poller = createPoller({ client, ...patience });

  async function execute(statement: Statement, token: string, signal: AbortSignal): Promise<QueryExecution> {
    const runId = await startExecution(statement, token, { client, place, ...patience }, signal);
    try {
      return await poller.final(runId, signal, (state) => onState?.(state, runId, statement));
    } catch (error) {
      throw await stopExecution(runId, error, signal, { client, poller, workgroup, ...patience });
    }
  }

  /** An execution that failed by a fault of Athena's own is free, and is tried a second time. */
  async function executeAgainAtMost(statement: Statement, signal: AbortSignal): Promise<QueryExecution> {
    const asker = statement.identity ?? newId();
    const token = (attempt: number) =>
      clientToken(statement, { asker, place: [place.catalog, place.database, workgroup], attempt });
    const first = await execute(statement, token(1), signal);
    return mayPass(first) ? execute(statement, token(2), signal) : first;
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
    async run(statement, take, signal) {
      let billed: Billed | undefined;
      try {
        const execution = await executeAgainAtMost(statement, signal);
        if (execution.Status?.State !== 'SUCCEEDED') throw executionError(execution, workgroup);
        // It is charged even when its rows do not reach us.
        billed = billedFor(execution, 'broken');
        await readResults(execution, { client, openObject, ...patience }, take, signal);
        return runOf(execution, statement);
      } catch (error) {
        if (error instanceof EngineError) throw billed === undefined ? error : charged(error, billed);
        if (signal.aborted) throw stopped(signal, harmless(error), billed);
        throw athenaError(error, { workgroup, billed });
      }
    },
  };
}

function charged({ code, message, cause }: EngineError, billed: Billed): EngineError {
  return new EngineError(code, message, { cause, billed });
}
