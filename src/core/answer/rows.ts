import { standardArguments } from '../line/standard-arguments.ts';
import type { Row } from '../query/columns.ts';
import type { Question } from '../query/question.ts';
import type { AnswerColumn } from './answer.ts';

/** How many rows the caller wants. */
export interface RowOptions {
  /** Rows to return at most; the query's own number when left out. */
  readonly rowLimit?: number | undefined;
  /** Gets all rows when there are more than that, unless the line says how many it wants. */
  readonly file?: RowFile | undefined;
}

/** How many rows of an answer are wanted. */
export interface RowsWanted {
  readonly shown: number;
  /** Rows that are held: those that are shown and one more, or those that are judged. */
  readonly held: number;
  /** Gets all rows when there are more than are shown; undefined where they are not wanted. */
  readonly file: RowFile | undefined;
  /** The most rows, those of the file among them. */
  readonly most: number;
}

/** Rows that are judged must all be held; a line that says how many rows it wants gets no more. */
export function rowsWanted({ query, args }: Question, options: RowOptions): RowsWanted {
  const said = options.rowLimit ?? standardArguments(args).top;
  const shown = said ?? query.limit;
  const saidInLine = options.rowLimit === undefined && said !== undefined;
  const isWanted = !query.judgesAllRows && !saidInLine && (options.file?.rowLimit ?? 0) > shown;
  const file = isWanted ? options.file : undefined;
  const most = file?.rowLimit ?? query.judgedRows ?? shown;
  return { shown, held: (query.judgedRows ?? shown) + 1, file, most };
}

/** Takes all rows of an answer that has more than are held, for a file that is attached. */
export interface RowFile {
  /** The number of rows it takes at most; more than are held. */
  readonly rowLimit: number;
  /** Takes the next rows, in their order. Never fails: an answer is not lost for its file. */
  write(columns: readonly AnswerColumn[], rows: readonly Row[]): Promise<void>;
}

/** Some 15 MB of CSV, which spreadsheets open. */
export const MOST_ROWS_OF_FILE = 100_000;
