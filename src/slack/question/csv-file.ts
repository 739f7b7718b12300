import { type FileHandle, mkdir, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { MOST_ROWS_OF_FILE, type RowFile } from '../../core/answer/rows.ts';
import { csvHeader, csvRows } from '../../render/answer-csv.ts';
import type { FileContent } from '../api/attach-file.ts';

/** The rows of one answer as a CSV on disk, for an answer that is too long to be held in memory. */
export interface CsvFile extends RowFile {
  /** What was written; undefined when nothing was, or not all. */
  content(): FileContent | undefined;
  /** Nothing can be written or read any more. */
  close(): Promise<void>;
}

/** Where the file is, and what is called when it fails. */
interface CsvFileSettings {
  /** Where it is kept while it is open; made when it is missing. */
  readonly folder: string;
  readonly newId: () => string;
  /** Called when it could not be written. */
  readonly onError: (error: unknown) => void;
}

/**
 * Creates no file before there are rows. Its name is removed as soon as it is open, so that a process that is killed
 * leaves nothing behind, and no one else can open it.
 */
export function createCsvFile({ folder, newId, onError }: CsvFileSettings): CsvFile {
  let opening: Promise<FileHandle> | undefined;
  let handle: FileHandle | undefined;
  let bytes = 0;
  let isBroken = false;

  async function append(text: string): Promise<void> {
    opening ??= openNameless(folder, newId());
    handle = await opening;
    if (isBroken) return;
    // A disk that is nearly full may take a part without an error: `appendFile` goes on until all is written, or fails.
    await handle.appendFile(text);
    bytes += Buffer.byteLength(text);
  }

  return {
    rowLimit: MOST_ROWS_OF_FILE,
    async write(columns, rows) {
      if (isBroken) return;
      try {
        await append(`${bytes === 0 ? csvHeader(columns) : ''}${csvRows(columns, rows)}`);
      } catch (error) {
        isBroken = true;
        onError(error);
      }
    },
    content() {
      const file = handle;
      if (file === undefined || isBroken) return undefined;
      return { bytes, read: () => file.createReadStream({ start: 0, end: bytes - 1, autoClose: false }) };
    },
    async close() {
      isBroken = true;
      // It may be closed while it is being opened; a failure to open was reported by then.
      const opened = await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}

/** Only its owner may read it: it holds addresses. */
const OWNER_ONLY = 0o600;

async function openNameless(folder: string, id: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${id}.csv`);
  const handle = await open(path, 'wx+', OWNER_ONLY);
  await unlink(path);
  return handle;
}
