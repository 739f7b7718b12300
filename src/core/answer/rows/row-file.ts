import type { Row } from '../../columns/column.ts';
import type { AnswerColumn } from '../answer.ts';

/** Takes all rows of an answer that has more than are held, for a file beside it. */
export interface RowFile {
  /** More rows than are held, and the most that it wants. */
  readonly rowLimit: number;
  /** Takes the next rows, in their order. Never fails: an answer is not lost for its file. */
  write(columns: readonly AnswerColumn[], rows: readonly Row[]): Promise<void>;
}

/** Some 15 MB of CSV: what a spreadsheet opens without complaint. */
export const MOST_ROWS_OF_FILE = 100_000;
