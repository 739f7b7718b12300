import {
  type AthenaClient,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import type { Statement } from '../../core/answer/engine.ts';
import { Interrupted } from '../../core/answer/turns.ts';
import { executionParameters } from './execution-parameters.ts';
import { type CallPatience, patiently } from './patiently.ts';
import { refuseUnsendable } from './refuse-unsendable.ts';

/** Where statements run. */
export interface AthenaPlace {
  readonly workgroup: string;
  readonly database: string;
  readonly catalog: string;
}

/** What starting needs from outside. */
export interface StartParts extends CallPatience {
  readonly client: Pick<AthenaClient, 'send'>;
  readonly place: AthenaPlace;
}

/**
 * Starts an execution, or finds the one that was started with this token, and returns its id. A call that is under
 * way is waited for even when the question is stopped: an execution whose id nobody knows cannot be stopped. Only
 * when the app itself stops it is left, since the token finds it again.
 * @throws EngineError `rejected` for what Athena would not take.
 */
export async function startExecution(
  statement: Statement,
  token: string,
  { client, place, ...patience }: StartParts,
  signal: AbortSignal,
): Promise<string> {
  const input = inputOf(statement, token, place);
  signal.throwIfAborted();
  const command = new StartQueryExecutionCommand(input);
  const started = patiently('StartQueryExecution', () => client.send(command), patience, signal);
  const { QueryExecutionId = '' } = await Promise.race([started, interruption(signal)]);
  return QueryExecutionId;
}

function inputOf(
  statement: Statement,
  token: string,
  { workgroup, database, catalog }: AthenaPlace,
): StartQueryExecutionCommandInput {
  const { text, reusedMinutes } = statement;
  const parameters = executionParameters(statement);
  refuseUnsendable(text, parameters);
  return {
    QueryString: text,
    QueryExecutionContext: { Database: database, Catalog: catalog },
    WorkGroup: workgroup,
    ClientRequestToken: token,
    ...(parameters.length > 0 && { ExecutionParameters: [...parameters] }),
    ...(reusedMinutes !== undefined && {
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: reusedMinutes },
      },
    }),
  };
}

function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener(
      'abort',
      () => {
        if (signal.reason instanceof Interrupted) reject(signal.reason);
      },
      { once: true },
    );
  });
}
