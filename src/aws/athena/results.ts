import { GetQueryResultsCommand, type QueryExecution, type Row } from '@aws-sdk/client-athena';
import type { TakePart } from '../../core/answer/engine.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { type AthenaCalls, callAthena } from './athena-calls.ts';
import { type OpenObject, partsOfFile, type TextCell } from './result-file.ts';

/** How results are read. */
export interface ResultReading extends AthenaCalls {
  /** Undefined where the app may not read the bucket of the results: then all is read in pages. */
  readonly openObject?: OpenObject | undefined;
}

/** Pages come one after the other; past five of them the file is quicker. An answer in chat fits the first one. */
const MOST_PAGES = 5;

/** A page may take a minute until its first byte, in milliseconds: another attempt would be no faster. */
const PAGE_MS = 90_000;

/** Passes the rows of an execution on: in pages, which need no permission on S3, and a long result from its file. */
export async function readResults(
  execution: QueryExecution,
  { openObject, ...calls }: ResultReading,
  take: TakePart,
  signal: AbortSignal,
): Promise<void> {
  let inPages = 0;
  /** Rows that came from the file before it broke: the pages after the first five begin with them. */
  let fromFile = 0;
  let token: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const { columns, rows, next } = await readPage(execution, token, calls, signal);
    await take({ columns, rows: rows.slice(fromFile) });
    fromFile = Math.max(fromFile - rows.length, 0);
    inPages += rows.length;
    if (next === undefined) return;
    token = next;
    if (pages === MOST_PAGES) {
      const file = partsOfFile(execution, { openObject, columns, skip: inPages }, signal);
      const taken = await takeAll(file, take, signal);
      if (taken.isWhole) return;
      fromFile = taken.rows;
    }
  }
}

/** Takes parts until they end or break: what broke is read in pages. The file is closed in any case. */
async function takeAll(
  file: ReturnType<typeof partsOfFile>,
  take: TakePart,
  signal: AbortSignal,
): Promise<{ readonly rows: number; readonly isWhole: boolean }> {
  try {
    for (let rows = 0; ; ) {
      const part = await unlessBroken(file.next(), signal);
      if (part === undefined || part.done) return { rows, isWhole: part !== undefined };
      await take(part.value);
      rows += part.value.rows.length;
    }
  } finally {
    await file.return();
  }
}

async function unlessBroken<T>(reading: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  try {
    return await reading;
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

interface ResultPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TextCell[])[];
  /** Undefined on the last page. */
  readonly next: string | undefined;
}

/** Reads one page; the first one of a SELECT, and no other, begins with the names of the columns. */
async function readPage(
  { QueryExecutionId, StatementType }: QueryExecution,
  token: string | undefined,
  { client, ...options }: AthenaCalls,
  signal: AbortSignal,
): Promise<ResultPage> {
  const MaxResults = AWS_LIMITS.resultRowsPerPage;
  const command = new GetQueryResultsCommand({ QueryExecutionId, MaxResults, NextToken: token });
  const { ResultSet, NextToken } = await callAthena(
    'GetQueryResults',
    (abortSignal) => client.send(command, { abortSignal, requestTimeout: PAGE_MS }),
    options,
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
