import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { createLineCounter, type LineCounter, type LineCounts, LONGEST_LINE } from './line-counts.ts';

/** A text file that was read to its end. */
export interface ReadText extends LineCounts {
  readonly first: string;
  /** The line below it, as far as it is held: the first record of a file with a header. */
  readonly second: string;
  /** What is behind the last newline: nothing in a finished file. */
  readonly rest: string;
  /** SHA-256 of the text, whatever it is compressed with. */
  readonly digest: string;
}

/** How the lines of a file are to be read. */
interface LineShape {
  readonly columns: readonly string[];
  /** Whether the first line is none of the records. */
  readonly header: boolean;
}

/** Finds from the first line of a file how to read it. @throws for a file that is not read at all. */
type LineShapeOf = (first: string) => LineShape;

/** The code of the error for a gzip file with something else behind its last member. */
const TRAILING_CODE = 'TRAILING_BYTES';
/** The code of the error for a gzip file that inflates beyond the limit. */
const INFLATED_CODE = 'INFLATED_TOO_FAR';

/**
 * A gzip file may inflate to a hundred times its size: flow logs come to five to twenty times, and gzip to a thousand at
 * most. Up to 64 MB it may in any case.
 */
const MOST_INFLATED = { times: 100, atLeastBytes: 64 * 1_048_576 } as const;

const NEWLINE = 0x0a;
const ENDING = Buffer.from('\n');
const CHUNK_BYTES = 1_048_576;

/**
 * Reads a file once, through gunzip when its name says so, and counts its lines.
 * @throws what `shapeOf` throws; the error of the file system or of zlib: `Z_BUF_ERROR` for a truncated file,
 * `Z_DATA_ERROR` for a damaged one, and the codes above.
 */
export async function readText(
  path: string,
  bytes: number,
  { shapeOf, signal }: { readonly shapeOf: LineShapeOf; readonly signal: AbortSignal },
): Promise<ReadText> {
  const lines = createLines(shapeOf);
  const hash = createHash('sha256');
  async function take(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      lines.take(chunk);
    }
  }
  await (path.endsWith('.gz') ? inflate(path, bytes, take, signal) : plain(path, take, signal));
  return { ...lines.finish(), digest: hash.digest('base64') };
}

/** Cuts chunks into the first line, whole lines that are counted, and the rest. */
function createLines(shapeOf: LineShapeOf) {
  let held: Buffer = Buffer.alloc(0);
  let first: string | undefined;
  let second = '';
  let counter: LineCounter | undefined;
  let skipping = false;

  function begin(line: Buffer): void {
    first = line.toString();
    const { columns, header } = shapeOf(first);
    counter = createLineCounter(columns);
    // Of a header only the end of its line counts.
    counter.count(header ? Buffer.from(first.endsWith('\r') ? '\r\n' : '\n') : Buffer.concat([line, ENDING]));
  }

  /** Whole lines, of which the first may be the rest of one that was too long. */
  function takeLines(lines: Buffer): void {
    const start = skipping ? lines.indexOf(NEWLINE) + 1 : 0;
    skipping = false;
    const whole = lines.subarray(start);
    if (second === '') second = whole.subarray(0, LONGEST_LINE).toString().split('\n', 1)[0] ?? '';
    counter?.count(whole);
  }

  return {
    take(chunk: Buffer): void {
      let bytes = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
      if (first === undefined) {
        const end = bytes.indexOf(NEWLINE);
        if (end >= 0 || bytes.length > LONGEST_LINE) {
          begin(bytes.subarray(0, end < 0 ? LONGEST_LINE : end));
          bytes = bytes.subarray(end < 0 ? LONGEST_LINE : end + 1);
        }
      }
      const newline = first === undefined ? -1 : bytes.lastIndexOf(NEWLINE);
      if (newline >= 0) takeLines(bytes.subarray(0, newline + 1));
      held = Buffer.from(bytes.subarray(newline + 1));
      if (first !== undefined && held.length > LONGEST_LINE) {
        if (!skipping) counter?.tooLong();
        skipping = true;
        held = Buffer.alloc(0);
      }
    },
    finish(): Omit<ReadText, 'digest'> {
      const rest = held.toString();
      if (first === undefined) begin(held);
      else if (held.length > 0 && !skipping) counter?.count(held);
      const counts = counter?.counts ?? createLineCounter([]).counts;
      return { first: first ?? '', second: second || rest, rest, ...counts };
    },
  };
}

type Take = (chunks: AsyncIterable<Buffer>) => Promise<void>;

function plain(path: string, take: Take, signal: AbortSignal): Promise<void> {
  return pipeline(createReadStream(path, { highWaterMark: CHUNK_BYTES }), take, { signal });
}

/** Node passes over zeros behind the last member, or gives up with an abort of its own; DuckDB fails on them. */
async function inflate(path: string, bytes: number, take: Take, signal: AbortSignal): Promise<void> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  let refused: unknown;
  // What is thrown in a pipeline may come out as an abort of another part of it.
  const taking = (chunks: AsyncIterable<Buffer>) =>
    take(limited(chunks, bytes)).catch((error: unknown) => {
      refused = error;
      throw error;
    });
  try {
    await pipeline(createReadStream(path), gunzip, taking, { signal });
    if (gunzip.bytesWritten < bytes) throw withCode(TRAILING_CODE);
  } catch (error) {
    signal.throwIfAborted();
    const cause = refused ?? error;
    throw isAbort(cause) ? withCode(TRAILING_CODE) : cause;
  }
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ABORT_ERR';
}

async function* limited(chunks: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  const most = Math.max(bytes * MOST_INFLATED.times, MOST_INFLATED.atLeastBytes);
  let inflated = 0;
  for await (const chunk of chunks) {
    inflated += chunk.length;
    if (inflated > most) throw withCode(INFLATED_CODE);
    yield chunk;
  }
}

function withCode(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const REASONS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'is a truncated gzip file',
  Z_DATA_ERROR: 'is a damaged gzip file',
  [TRAILING_CODE]: 'is a gzip file with something else behind its end',
  [INFLATED_CODE]: `is a gzip file that inflates to more than ${MOST_INFLATED.times} times its size, as no flow log does`,
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
  ENOENT: 'is not there any more',
};

/** The code of an error of the file system or of zlib; empty for any other. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Whether a code is of what is in the file, and not of how it was reached. */
export function isDamage(code: string): boolean {
  return code === 'Z_DATA_ERROR' || code === TRAILING_CODE || code === INFLATED_CODE;
}

/** Why a file could not be read, in words for people. */
export function reasonFor(code: string): string {
  return REASONS[code] ?? `cannot be read (${code || 'unknown error'})`;
}
