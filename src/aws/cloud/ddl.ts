import type { Athena, QueryExecutionStatus } from '@aws-sdk/client-athena';
import { CloudError, type CloudErrorCode } from '../../core/ports/cloud/cloud-error.ts';
import type { AthenaPace } from '../athena/athena-calls.ts';
import { calling } from '../call.ts';

/** What running DDL needs. */
export interface DdlParts {
  readonly athena: () => Promise<Athena>;
  readonly workgroup: string;
  /** At least 32 characters: Athena takes no shorter token. */
  readonly newToken: () => string;
  /** The same one as for questions: Athena counts their calls together. */
  readonly pace: AthenaPace;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Asks after a quarter of a second and then ever more rarely: eight calls for a statement of three seconds. */
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
const GROWTH = 1.25;

/** Runs a statement to its end. @throws CloudError when it failed or somebody cancelled it. */
export async function runDdl(parts: DdlParts, ddl: string, signal: AbortSignal): Promise<void> {
  const athena = await parts.athena();
  const request = {
    QueryString: ddl,
    WorkGroup: parts.workgroup,
    ClientRequestToken: parts.newToken(),
  };
  const { QueryExecutionId } = await calling('athena:StartQueryExecution', signal, async () => {
    await parts.pace('StartQueryExecution', signal);
    return athena.startQueryExecution(request, { abortSignal: signal });
  });
  let pauseMs = FIRST_PAUSE_MS;
  const statusNow = () => statusOf(athena, QueryExecutionId, parts, signal);
  let status = await statusNow();
  while (status?.State === 'QUEUED' || status?.State === 'RUNNING') {
    await parts.pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * GROWTH, LONGEST_PAUSE_MS);
    status = await statusNow();
  }
  if (status?.State !== 'SUCCEEDED') throw ddlFault(status ?? {});
}

async function statusOf(
  athena: Athena,
  QueryExecutionId: string | undefined,
  { pace }: Pick<DdlParts, 'pace'>,
  signal: AbortSignal,
): Promise<QueryExecutionStatus | undefined> {
  const { QueryExecution } = await calling('athena:GetQueryExecution', signal, async () => {
    await pace('GetQueryExecution', signal);
    return athena.getQueryExecution({ QueryExecutionId }, { abortSignal: signal });
  });
  return QueryExecution?.Status;
}

/**
 * What Athena's reasons mean. DDL fails with a sentence that carries Glue's, S3's or Hive's own fault.
 * @see https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
const REASONS: readonly (readonly [RegExp, CloudErrorCode])[] = [
  [/AccessDenied|access denied|insufficient permissions|not authorized/i, 'denied'],
  [/AlreadyExists|already exists/i, 'already-exists'],
  [/EntityNotFound|NoSuchBucket|not found|does not exist/i, 'not-found'],
  [/LimitExceeded/i, 'limit'],
  [/throttl|rate exceeded|SlowDown/i, 'throttled'],
  [/ExpiredToken/i, 'expired'],
];

/** Who is to blame, as Athena counts: 1 is Athena itself, 2 is whoever wrote the statement. */
const OURS = 2;

/** Why a statement did not succeed. */
export function ddlFault({ State, StateChangeReason, AthenaError }: QueryExecutionStatus): CloudError {
  const message = AthenaError?.ErrorMessage ?? StateChangeReason ?? '';
  const found = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  const code = found ?? (AthenaError?.ErrorCategory === OURS ? 'refused' : 'broken');
  const fault = AthenaError?.ErrorType === undefined ? `${State}` : `${State} ${AthenaError.ErrorType}`;
  return new CloudError(code, { call: 'athena:StartQueryExecution', fault, message });
}
