import type { Athena, QueryExecutionStatus } from '@aws-sdk/client-athena';
import type { AthenaPace } from '../../athena/pace/athena-pace.ts';
import { calling } from '../../fault/calling.ts';
import { ddlFault } from './ddl-fault.ts';

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
