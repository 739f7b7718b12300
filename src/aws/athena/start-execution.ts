import { createHash } from 'node:crypto';
import { StartQueryExecutionCommand, type StartQueryExecutionCommandInput } from '@aws-sdk/client-athena';
import type { Statement } from '../../core/answer/engine.ts';
import { Interrupted } from '../../core/answer/turns.ts';
import { EngineError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import type { Sql } from '../../core/sql/sql.ts';
import { type AthenaCalls, callAthena } from './athena-calls.ts';

/** Where statements run. */
export interface ExecutionContext {
  readonly workgroup: string;
  readonly database: string;
  readonly catalog: string;
}

/** How an execution is started, and where. */
export interface StartParts extends AthenaCalls {
  readonly context: ExecutionContext;
}

/**
 * Starts an execution, or finds the one that was started with this token, and returns its id. A call that is under
 * way is waited for even when the question is stopped: an execution whose id is not known cannot be stopped. Only
 * when the app itself stops it is left, since the token finds it again.
 * @throws EngineError `rejected` for what Athena would not take.
 */
export async function startExecution(
  statement: Statement,
  token: string,
  { client, context, ...options }: StartParts,
  signal: AbortSignal,
): Promise<string> {
  const input = inputOf(statement, token, context);
  signal.throwIfAborted();
  const command = new StartQueryExecutionCommand(input);
  const started = callAthena(
    'StartQueryExecution',
    (abortSignal) => client.send(command, { abortSignal }),
    options,
    signal,
  );
  const { QueryExecutionId = '' } = await Promise.race([started, interruption(signal)]);
  return QueryExecutionId;
}

/** What makes two executions the same one: who asked, where it runs, and which attempt it is. */
export interface TokenParts {
  /** The identity of the statement, or a random one for a statement that is asked once. */
  readonly asker: string;
  readonly context: ExecutionContext;
  readonly attempt: number;
}

/**
 * The token by which Athena recognises an execution: with the same one it starts nothing new and bills nothing again,
 * in this process or after a restart. It has the asker in it, since a hash of the SQL alone would bring the same old
 * result for ever. 64 characters; Athena takes 32 to 128.
 */
export function clientToken({ text, bound }: Statement, { asker, context, attempt }: TokenParts): string {
  const { catalog, database, workgroup } = context;
  return createHash('sha256')
    .update(JSON.stringify([asker, attempt, [catalog, database, workgroup], text, bound]))
    .digest('hex');
}

function inputOf(
  statement: Statement,
  token: string,
  { workgroup, database, catalog }: ExecutionContext,
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

/** Rejects when the app itself stops. */
function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => {
      if (signal.reason instanceof Interrupted) reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** A `?` in quotes is a character like any other. */
const QUOTED = /'(?:[^']|'')*'|"(?:[^"]|"")*"/g;

/**
 * A literal of SQL for each `?` of a statement, in their order: Athena reads execution parameters as SQL. It documents
 * them in WHERE alone, which a test of every statement of the catalog holds.
 * @throws EngineError `rejected` when there are not as many values as marks.
 */
export function executionParameters({ text, bound }: Sql): readonly string[] {
  const marks = text.replaceAll(QUOTED, '').split('?').length - 1;
  if (marks !== bound.length)
    throw new EngineError('rejected', `the statement has ${marks} marks for ${bound.length} values`);
  return bound.map(stringLiteral);
}

/** A text as a literal of SQL. Trino knows no escape but the doubled quote; a backslash is a plain character. */
export function stringLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** In Trino nothing that writes begins with WITH. */
const READS = /^\s*(SELECT|WITH)\b/i;

/**
 * Refuses what Athena would refuse, or worse: the SDK is known to hang on a text that is far too long.
 * @throws EngineError `rejected`, saying what to do.
 */
function refuseUnsendable(text: string, parameters: readonly string[]): void {
  if (text.trim() === '') throw new EngineError('rejected', 'the statement is empty');
  if (!READS.test(text)) throw new EngineError('rejected', 'only a SELECT is run');
  const bytes = Buffer.byteLength(text);
  if (bytes > AWS_LIMITS.statementBytes) {
    throw new EngineError(
      'rejected',
      `the statement has ${bytes} bytes and Athena takes ${AWS_LIMITS.statementBytes}: ask a shorter window, fewer addresses or fewer flow logs (\`account=\`, \`region=\`, \`in=\`)`,
    );
  }
  const longest = Math.max(0, ...parameters.map(({ length }) => length));
  if (longest > AWS_LIMITS.parameterCharacters) {
    throw new EngineError(
      'rejected',
      `a value has ${longest} characters in SQL and Athena takes ${AWS_LIMITS.parameterCharacters}: ask with a shorter one`,
    );
  }
}
