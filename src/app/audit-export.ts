import { type FileHandle, open } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import { type AuditEntry, auditLine } from '../core/operation/audit.ts';
import { inCode } from '../core/wording.ts';
import { csvLines, csvText } from '../render/answer-csv.ts';

/** Where an export goes that has no file. */
export interface AuditOutput {
  readonly print: (text: string) => void;
  /** Waits until the reader has taken what was printed. */
  readonly drained: () => Promise<void>;
}

/** How an export is written, and into which new file; to the output without one. */
interface ExportAs {
  readonly form: 'json' | 'csv';
  readonly to: string | undefined;
}

/** Writes entries one after the other, no faster than they are taken. @returns how many. @throws UserError for the file. */
export async function writeAudit(
  entries: AsyncIterable<AuditEntry>,
  { form, to }: ExportAs,
  output: AuditOutput,
): Promise<number> {
  const file = to === undefined ? undefined : await newFile(to);
  const write = async (text: string) => {
    if (file !== undefined) {
      await file.write(text);
      return;
    }
    output.print(text);
    await output.drained();
  };
  let written = 0;
  try {
    if (form === 'csv') await write(csvLines([COLUMNS]));
    for await (const entry of entries) {
      await write(form === 'csv' ? csvLine(entry) : `${auditLine(entry)}\n`);
      written += 1;
    }
  } finally {
    await file?.close();
  }
  return written;
}

const COLUMNS = ['number', 'at', 'kind', 'person', 'subject', 'line', 'facts', 'previous', 'hash'] as const;

function csvLine({ number, at, facts, ...texts }: AuditEntry): string {
  const cells = { ...texts, number: String(number), at: at.toISOString(), facts: JSON.stringify(facts) };
  return csvLines([COLUMNS.map((name) => csvText(cells[name]))]);
}

/** A file that only its user can read, and that was not there. */
async function newFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UserError(
      code === 'EEXIST'
        ? `${inCode(path)} is there already.`
        : `${inCode(path)} cannot be written (${code}).`,
      { hint: 'Give `--to` the name of a file that does not exist, in a folder in which flowlog may write.' },
    );
  }
}
