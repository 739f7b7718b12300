import {
  type AthenaClient,
  StartQueryExecutionCommand,
  type StartQueryExecutionCommandInput,
} from '@aws-sdk/client-athena';
import { Interrupted } from '../../core/answer/interrupted.ts';
import type { Statement } from '../../core/ports/engine.ts';
import { faultOf } from './errors/fault-kind.ts';
import { executionParameters } from './execution-parameters.ts';
import { type Patience, patiently } from './patiently.ts';
import { refuseUnsendable } from './refuse-unsendable.ts';

/** Where statements run. */
export interface AthenaPlace {
  readonly workgroup: string;
  readonly database: string;
  readonly catalog: string;
}

/** What starting needs from outside. */
export interface StartParts extends Patience {
  readonly client: Pick<AthenaClient, 'send'>;
  readonly place: AthenaPlace;
}

/** How old a reused result may be: Athena's default, and what `Statement.reusable` promises of. */
const REUSED_MINUTES = 60;

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
  const send = async (wanted: StartQueryExecutionCommandInput) => {
    const command = new StartQueryExecutionCommand(wanted);
    const { QueryExecutionId = '' } = await patiently(() => client.send(command), patience, signal);
    return QueryExecutionId;
  };
  const { ResultReuseConfiguration: reuse, ...plain } = input;
  // A window may have become reusable since the token was first used, and with it the same token asks for something
  // else; what was asked then is the one to be found.
  const started = send(input).catch((error: unknown) => {
    if (reuse !== undefined && isMismatch(error)) return send(plain);
    throw error;
  });
  return Promise.race([started, interruption(signal)]);
}

function inputOf(
  statement: Statement,
  token: string,
  { workgroup, database, catalog }: AthenaPlace,
): StartQueryExecutionCommandInput {
  const { text } = statement;
  const parameters = executionParameters(statement);
  refuseUnsendable(text, parameters);
  return {
    QueryString: text,
    QueryExecutionContext: { Database: database, Catalog: catalog },
    WorkGroup: workgroup,
    ClientRequestToken: token,
    ...(parameters.length > 0 && { ExecutionParameters: [...parameters] }),
    ...(statement.reusable && {
      ResultReuseConfiguration: {
        ResultReuseByAgeConfiguration: { Enabled: true, MaxAgeInMinutes: REUSED_MINUTES },
      },
    }),
  };
}

function isMismatch(error: unknown): boolean {
  return /idempotent parameters do not match/i.test(faultOf(error).message);
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
