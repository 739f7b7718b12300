import { stringify } from 'csv-stringify/sync';
import type { Answer, AnswerColumn } from '../core/answer/answer.ts';
import { ABSENT, type Row, type Value } from '../core/query/columns.ts';

/** How a text begins that spreadsheets run as a formula, full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** The library quotes only the line break that ends its records, but readers end a record at any of them. */
const LINE_BREAK = /[\r\n]/;

/**
 * The rows of an answer as CSV (RFC 4180), machine values under column names. A text that a spreadsheet would run
 * as a formula gets an apostrophe in front; numbers stay numbers.
 */
export function answerCsv({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  return `${csvHeader(columns)}${csvRows(columns, rows)}`;
}

/** The first line of a CSV: the names of the columns. */
export function csvHeader(columns: readonly AnswerColumn[]): string {
  return csvLines([columns.map(({ name }) => name)]);
}

/** Lines of a CSV, a row each. */
export function csvRows(columns: readonly AnswerColumn[], rows: readonly Row[]): string {
  return csvLines(rows.map((row) => columns.map(({ name }) => csvValue(row[name] ?? null))));
}

/** Lines of a CSV, from cells that are text already. */
export function csvLines(lines: readonly (readonly string[])[]): string {
  return stringify(lines as string[][], { record_delimiter: '\r\n', quoted_match: LINE_BREAK });
}

function csvValue(value: Value): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' && value !== ABSENT ? csvText(value) : String(value);
}

/** Text that no spreadsheet runs. */
export function csvText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** A file name for the rows of an answer: `flowlog-to-20261122T1305Z.csv`. */
export function csvName({ question: { query, window } }: Answer): string {
  const from = window.from.toISOString().slice(0, 16).replace(/[-:]/g, '');
  return `flowlog-${query.name}-${from}Z.csv`;
}
