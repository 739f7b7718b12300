import { stringify } from 'csv-stringify/sync';
import type { Answer } from '../../core/answer/answer.ts';
import type { Value } from '../../core/columns/column.ts';

/**
 * The rows of an answer as CSV (RFC 4180), machine values under column names. A text that a spreadsheet would run
 * as a formula gets an apostrophe in front; numbers stay numbers.
 */
export function answerCsv({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  const names = columns.map(({ name }) => name);
  return stringify(
    rows.map((row) => names.map((name) => csvValue(row[name] ?? null))),
    { header: true, columns: names, escape_formulas: true, record_delimiter: '\r\n' },
  );
}

function csvValue(value: Value): string {
  if (value === null) return '';
  return value instanceof Date ? value.toISOString() : String(value);
}
