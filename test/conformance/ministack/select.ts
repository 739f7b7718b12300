import { setTimeout as pause } from 'node:timers/promises';
import type { JudgedAws } from '../judged-aws.ts';

const PAUSE_MS = 50;

/** Runs a SELECT to its end; its rows as Athena gives them: text, and undefined for NULL. */
export async function select(
  { clients }: JudgedAws,
  QueryString: string,
): Promise<readonly (readonly (string | undefined)[])[]> {
  const athena = await clients.athena();
  const ResultConfiguration = { OutputLocation: 's3://results/' };
  await (await clients.s3()).createBucket({ Bucket: 'results' }).catch(() => {});
  const { QueryExecutionId } = await athena.startQueryExecution({ QueryString, ResultConfiguration });
  for (;;) {
    const { QueryExecution } = await athena.getQueryExecution({ QueryExecutionId });
    const { State, StateChangeReason } = QueryExecution?.Status ?? {};
    if (State === 'SUCCEEDED') break;
    if (State === 'FAILED') throw new Error(StateChangeReason);
    await pause(PAUSE_MS);
  }
  const { ResultSet } = await athena.getQueryResults({ QueryExecutionId });
  const [, ...rows] = ResultSet?.Rows ?? [];
  return rows.map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue));
}
