import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { type LineEnds, noteLineEnds } from './line-ends.ts';

/** The first and the last line of a text file that was read to its end, and how its lines end. */
export interface Ends extends LineEnds {
  readonly first: string;
  /** The last line that a newline ends. */
  readonly last: string;
  /** What is behind it: nothing in a finished file. */
  readonly rest: string;
}

const NEWLINE = 0x0a;
const LONGEST_LINE = 64_000;

/** The code of the error for a gzip file with something else behind its last member. */
export const TRAILING_CODE = 'TRAILING_BYTES';

/**
 * Reads a file, through gunzip when its name says so, and keeps only its ends.
 * @throws the error of the file system or of zlib (`Z_BUF_ERROR` for a truncated file, `Z_DATA_ERROR` for a damaged one).
 */
export async function readEnds(path: string, bytes: number, signal: AbortSignal): Promise<Ends> {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);
  const lineEnds = { windows: false, unix: false };
  async function keepEnds(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      noteLineEnds(chunk, tail.at(-1), lineEnds);
      if (head.length < LONGEST_LINE && !head.includes(NEWLINE)) head = Buffer.concat([head, chunk]);
      const newline = chunk.lastIndexOf(NEWLINE);
      if (newline >= 0) last = lastLine(tail, chunk.subarray(0, newline));
      const rest = chunk.subarray(newline + 1);
      tail = newline < 0 ? Buffer.concat([tail, rest]).subarray(0, LONGEST_LINE) : Buffer.from(rest);
    }
  }
  await (path.endsWith('.gz') ? inflate(path, bytes, keepEnds, signal) : plain(path, keepEnds, signal));
  const end = head.indexOf(NEWLINE);
  return {
    first: head.subarray(0, end < 0 ? LONGEST_LINE : end).toString(),
    last: last.toString(),
    rest: tail.toString(),
    ...lineEnds,
  };
}

/** The line before a newline, which may have begun in an earlier chunk. */
function lastLine(before: Buffer, chunk: Buffer): Buffer {
  const start = chunk.lastIndexOf(NEWLINE) + 1;
  return start > 0 ? Buffer.from(chunk.subarray(start)) : Buffer.concat([before, chunk]);
}

type Keep = (chunks: AsyncIterable<Buffer>) => Promise<void>;

function plain(path: string, keep: Keep, signal: AbortSignal): Promise<void> {
  return pipeline(createReadStream(path), keep, { signal });
}

/** Node passes over zeros behind the last member, or gives up with an abort of its own; DuckDB fails on them. */
async function inflate(path: string, bytes: number, keep: Keep, signal: AbortSignal): Promise<void> {
  const gunzip = createGunzip();
  let trailing = false;
  try {
    await pipeline(createReadStream(path), gunzip, keep, { signal });
    trailing = gunzip.bytesWritten < bytes;
  } catch (error) {
    signal.throwIfAborted();
    trailing = error instanceof Error && 'code' in error && error.code === 'ABORT_ERR';
    if (!trailing) throw error;
  }
  if (trailing) throw Object.assign(new Error('bytes after the gzip stream'), { code: TRAILING_CODE });
}
