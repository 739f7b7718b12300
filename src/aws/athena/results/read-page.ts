import {
  type AthenaClient,
  GetQueryResultsCommand,
  type QueryExecution,
  type Row,
} from '@aws-sdk/client-athena';
import { AWS_LIMITS } from '../../../core/flow-log/aws-limits.ts';
import { type CallPatience, patiently } from '../patiently.ts';
import type { TextCell } from './read-csv.ts';

/** What reading a page needs from outside. */
export interface PageParts extends CallPatience {
  readonly client: Pick<AthenaClient, 'send'>;
}

/** A part of a result. */
export interface Page {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TextCell[])[];
  /** Undefined behind the last page. */
  readonly next: string | undefined;
}

/** Reads one page; the first one of a SELECT, and no other, begins with the names of the columns. */
export async function readPage(
  { QueryExecutionId, StatementType }: QueryExecution,
  token: string | undefined,
  { client, ...patience }: PageParts,
  signal: AbortSignal,
): Promise<Page> {
  const MaxResults = AWS_LIMITS.resultRowsPerPage;
  const command = new GetQueryResultsCommand({ QueryExecutionId, MaxResults, NextToken: token });
  const { ResultSet, NextToken } = await patiently(
    'GetQueryResults',
    () => client.send(command, { abortSignal: signal }),
    patience,
    signal,
  );
  const found = ResultSet?.Rows ?? [];
  const hasHeader = token === undefined && StatementType === 'DML';
  return {
    columns: (ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = '' }) => Name),
    rows: (hasHeader ? found.slice(1) : found).map(cellsOf),
    next: NextToken,
  };
}

/** Athena leaves the value out where it is NULL. */
function cellsOf({ Data = [] }: Row): readonly TextCell[] {
  return Data.map(({ VarCharValue }) => VarCharValue ?? null);
}
