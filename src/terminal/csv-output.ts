import { once } from 'node:events';
import { MOST_ROWS_OF_FILE } from '../core/answer/rows.ts';
import type { AnswerOptions } from '../core/operation/answer-requests.ts';
import { csvHeader, csvRows } from '../render/answer-csv.ts';

/** Where a CSV is printed. */
export interface CsvPrinter {
  readonly print: (text: string) => void;
  /** Resolves when the reader has taken what was printed, so that a slow reader does not fill the memory. */
  readonly drained: () => Promise<void>;
}

/** More rows than these are printed while they come, and never held. */
const MOST_HELD = 1_000;

/** How many rows a CSV takes, and where they go when there are more than are held. */
export function csvRowsWanted(
  { print, drained }: CsvPrinter,
  rowLimit: number | undefined,
): Pick<AnswerOptions, 'rowLimit' | 'file'> {
  let hasHeader = false;
  return {
    rowLimit: rowLimit === undefined ? undefined : Math.min(rowLimit, MOST_HELD),
    file: {
      rowLimit: rowLimit ?? MOST_ROWS_OF_FILE,
      async write(columns, rows) {
        print(`${hasHeader ? '' : csvHeader(columns)}${csvRows(columns, rows)}`);
        hasHeader = true;
        await drained();
      },
    },
  };
}

/** Waits until a stream wants more, if it has been given more than its reader takes. */
export async function drained(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableNeedDrain) await once(stream, 'drain');
}
