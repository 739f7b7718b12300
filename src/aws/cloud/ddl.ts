import type { Athena, QueryExecutionStatus } from '@aws-sdk/client-athena';
import { CloudError } from '../../core/lake/cloud.ts';
import { type AthenaPace, nextPause, POLL_BACKOFF } from '../athena/athena-calls.ts';
import { callAws } from '../call.ts';
import { ddlCodeOf } from '../faults.ts';

/** Where DDL runs, and how often its state is asked for. */
export interface DdlParts {
  readonly athena: () => Promise<Athena>;
  readonly workgroup: string;
  /** At least 32 characters: Athena takes no shorter token. */
  readonly newToken: () => string;
  /** The same one as for questions: Athena counts their calls together. */
  readonly pace: AthenaPace;
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Runs a statement to its end. @throws CloudError when it failed or was cancelled. */
export async function runDdl(parts: DdlParts, ddl: string, signal: AbortSignal): Promise<void> {
  const athena = await parts.athena();
  const request = {
    QueryString: ddl,
    WorkGroup: parts.workgroup,
    ClientRequestToken: parts.newToken(),
  };
  const { QueryExecutionId } = await callAws('athena:StartQueryExecution', signal, async () => {
    await parts.pace('StartQueryExecution', signal);
    return athena.startQueryExecution(request, { abortSignal: signal });
  });
  const statusNow = () => statusOf(athena, QueryExecutionId, parts, signal);
  let pauseMs = POLL_BACKOFF.firstMs;
  let status = await statusNow();
  while (status?.State === 'QUEUED' || status?.State === 'RUNNING') {
    await parts.pause(pauseMs, signal);
    pauseMs = nextPause(pauseMs, POLL_BACKOFF);
    status = await statusNow();
  }
  if (status?.State !== 'SUCCEEDED') throw ddlError(status ?? {});
}

async function statusOf(
  athena: Athena,
  QueryExecutionId: string | undefined,
  { pace }: Pick<DdlParts, 'pace'>,
  signal: AbortSignal,
): Promise<QueryExecutionStatus | undefined> {
  const { QueryExecution } = await callAws('athena:GetQueryExecution', signal, async () => {
    await pace('GetQueryExecution', signal);
    return athena.getQueryExecution({ QueryExecutionId }, { abortSignal: signal });
  });
  return QueryExecution?.Status;
}

/** Who is at fault, as Athena counts: 2 is whoever wrote the statement. */
const WRITER_AT_FAULT = 2;

function ddlError({ State, StateChangeReason, AthenaError }: QueryExecutionStatus): CloudError {
  const message = AthenaError?.ErrorMessage ?? StateChangeReason ?? '';
  const isRefused = AthenaError?.ErrorCategory === WRITER_AT_FAULT;
  const code = ddlCodeOf(message) ?? (isRefused ? 'refused' : 'broken');
  const fault = AthenaError?.ErrorType === undefined ? `${State}` : `${State} ${AthenaError.ErrorType}`;
  return new CloudError(code, { call: 'athena:StartQueryExecution', fault, message });
}
