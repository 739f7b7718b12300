import { invalid } from './aws-fault.ts';
import type { Execution } from './execution.ts';

/** One page of what an execution found: all cells text, NULL left out, the names first of all. */
export function resultPage(execution: Execution, size: number, token: string | undefined): object {
  const { run, state } = execution;
  if (run === undefined) throw invalid(`Query has not yet finished. Current state: ${state}`);
  execution.reads += 1;
  const lines = [run.columns, ...run.rows];
  const from = Number(token ?? 0);
  const next = from + size;
  return {
    UpdateCount: 0,
    NextToken: next < lines.length ? String(next) : undefined,
    ResultSet: {
      Rows: lines.slice(from, next).map((line) => ({
        Data: line.map((cell) => (cell === null ? {} : { VarCharValue: String(cell) })),
      })),
      ResultSetMetadata: { ColumnInfo: run.columns.map((Name) => ({ Name, Type: 'varchar' })) },
    },
  };
}

/** The file that Athena writes: every value in quotes, nothing at all for NULL. */
export function resultFile({ run }: Pick<Execution, 'run'>): string {
  const quoted = (cell: unknown) => (cell === null ? '' : `"${String(cell).replaceAll('"', '""')}"`);
  const lines = run === undefined ? [] : [run.columns, ...run.rows];
  return lines.map((line) => `${line.map(quoted).join(',')}\n`).join('');
}
