import { isAscii } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { refuseRecord } from './file-fields.ts';
import { inspectText, textShape } from './inspect-text.ts';
import { createLineCounter } from './line-counts.ts';
import type { Inspection, Shape } from './shape.ts';

/** Looks into a text file of so many bytes, which may be inflated to a path. @throws what the signal was aborted with. */
export type LookIntoText = (
  path: string,
  bytes: number,
  signal: AbortSignal,
  inflateTo?: string,
) => Promise<Inspection>;

/** A file that inflates to more is read in parts, and its lines are counted. */
const MOST_TEXT_BYTES = 64 * 1_048_576;
/** So much of the beginning is looked at line by line. */
const BEGINNING_BYTES = 65_536;
/** Of a gzip file: a sum and the length of its text, four bytes each. @see https://www.rfc-editor.org/rfc/rfc1952 */
const TRAILER_BYTES = 8;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * Looks into a text file. Where it may be inflated to a path, a glance is enough for most: then its shape says so, and the text
 * is there. All others are inspected to their end.
 */
export const lookIntoText: LookIntoText = async (path, bytes, signal, inflateTo) => {
  const shape = inflateTo === undefined ? undefined : await glanceAt(path, bytes, inflateTo);
  signal.throwIfAborted();
  return shape === undefined ? inspectText(path, bytes, signal) : { shape };
};

/**
 * Inflates a gzip file to a path, as a whole, and looks at its beginning only: gzip's own sum says that it is whole, and whoever
 * reads its lines strictly finds those that are no records. That takes half of the time in which they are counted. Undefined
 * for a file that is odd in any way, which is then inspected to its end.
 */
async function glanceAt(path: string, bytes: number, to: string): Promise<Shape | undefined> {
  const packed = await readFile(path).catch(() => undefined);
  if (packed === undefined) return undefined;
  if (packed.length !== bytes || bytes < TRAILER_BYTES) return undefined;
  const sum = packed.readUInt32LE(bytes - TRAILER_BYTES);
  const textBytes = packed.readUInt32LE(bytes - TRAILER_BYTES / 2);
  if (textBytes === 0 || textBytes > MOST_TEXT_BYTES) return undefined;
  const text = inflated(packed, textBytes);
  // Several gzip files in one have the length of the last one alone, and what is behind the end is no length of it.
  if (text?.length !== textBytes || !isPlain(text)) return undefined;
  const shape = shapeOf(text);
  if (shape === undefined) return undefined;
  await writeFile(to, text, { mode: 0o600 });
  return { ...shape, digest: `${sum} ${textBytes}`, isGlanced: true };
}

/** Undefined for what is damaged or cut off. */
function inflated(packed: Buffer, textBytes: number): Buffer | undefined {
  try {
    return gunzipSync(packed, { chunkSize: Math.max(textBytes + 1, 64), maxOutputLength: MOST_TEXT_BYTES });
  } catch {
    return undefined;
  }
}

/** Whether a text has nothing in which DuckDB and a look at each line might differ. */
function isPlain(text: Buffer): boolean {
  return isAscii(text) && !text.includes(RETURN) && !text.includes(0);
}

/** How the file holds its records, if all lines of its beginning are some. */
function shapeOf(text: Buffer): Shape | undefined {
  const beginning = text.subarray(0, text.lastIndexOf(NEWLINE, BEGINNING_BYTES) + 1);
  const first = beginning.subarray(0, beginning.indexOf(NEWLINE)).toString();
  const shape = textShape(first);
  if ('reason' in shape) return undefined;
  const { header, exported, fields } = shape;
  const lines = header ? beginning.subarray(first.length + 1) : beginning;
  const record = lines.subarray(0, Math.max(lines.indexOf(NEWLINE), 0)).toString();
  if (header && refuseRecord(fields, record.trim().split(/\s+/)) !== undefined) return undefined;
  const counter = createLineCounter(exported ? ['', ...fields] : fields);
  counter.count(lines);
  return counter.counts.records > 0 && counter.counts.unreadable === 0 ? shape : undefined;
}
