import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

/** The first and the last line of a text file that was read to its end. */
export interface Ends {
  readonly first: string;
  /** Empty when the file ends with a newline, as a finished one does. */
  readonly last: string;
}

const NEWLINE = 0x0a;
const LONGEST_LINE = 64_000;

/**
 * Reads a file, through gunzip when its name says so, and keeps only its ends.
 * @throws the error of the file system or of zlib (`Z_BUF_ERROR` for a truncated file, `Z_DATA_ERROR` for a damaged one).
 */
export async function readEnds(path: string, signal: AbortSignal): Promise<Ends> {
  let head = Buffer.alloc(0);
  let tail = Buffer.alloc(0);
  async function keepEnds(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      if (head.length < LONGEST_LINE && !head.includes(NEWLINE)) head = Buffer.concat([head, chunk]);
      const newline = chunk.lastIndexOf(NEWLINE);
      const rest = chunk.subarray(newline + 1);
      tail = newline < 0 ? Buffer.concat([tail, rest]).subarray(0, LONGEST_LINE) : Buffer.from(rest);
    }
  }
  const file = createReadStream(path);
  if (path.endsWith('.gz')) await pipeline(file, createGunzip(), keepEnds, { signal });
  else await pipeline(file, keepEnds, { signal });
  const end = head.indexOf(NEWLINE);
  return { first: head.subarray(0, end < 0 ? LONGEST_LINE : end).toString(), last: tail.toString() };
}
