import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Run } from '../../../core/ports/engine.ts';
import type { OpenObject } from './read-csv.ts';
import { readFile } from './read-file.ts';
import { type PageParts, readPage } from './read-page.ts';

/** What reading needs from outside. */
export interface ResultParts extends PageParts {
  /** Undefined where the app may not read the bucket of the results: then all is read in pages. */
  readonly openObject?: OpenObject | undefined;
}

/** Pages come one after the other; past five of them the file is quicker. An answer in chat fits the first one. */
const MOST_PAGES = 5;

/** Reads what an execution found: in pages, which need no permission on S3, and a long result from its file. */
export async function readResults(
  execution: QueryExecution,
  { openObject, ...parts }: ResultParts,
  signal: AbortSignal,
): Promise<Pick<Run, 'columns' | 'rows'>> {
  const first = await readPage(execution, undefined, parts, signal);
  const rows = [...first.rows];
  let pages = 1;
  for (let { next } = first; next !== undefined; pages += 1) {
    const whole = pages === MOST_PAGES ? await readFile(execution, openObject, signal) : undefined;
    if (whole !== undefined) return { columns: first.columns, rows: whole };
    const page = await readPage(execution, next, parts, signal);
    rows.push(...page.rows);
    ({ next } = page);
  }
  return { columns: first.columns, rows };
}
