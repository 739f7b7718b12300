import type { SlotRange } from '../../core/flow-log/slots.ts';
import { codeOf, isDamage, reasonFor } from './damage.ts';
import { type ReadText, readText } from './read-text.ts';
import { refuseRecord } from './refuse-fields.ts';
import type { Inspection, Unreadable } from './shape.ts';
import { isWholeWord, type TextShape, textShape } from './text-shape.ts';

/** The first line shows that a file is not read: what follows it does not matter. */
class NotRead extends Error {
  readonly inspection: Unreadable;

  constructor(inspection: Unreadable) {
    super(inspection.reason);
    this.inspection = inspection;
  }
}

/**
 * Reads a text file to its end, because DuckDB reads a truncated or damaged gzip without a word and would answer from a
 * part of it, and keeps what it says of lines that are no records in memory. The first line tells its shape.
 */
export async function inspectText(path: string, bytes: number, signal: AbortSignal): Promise<Inspection> {
  if (bytes === 0) return { reason: 'is empty', unfinished: true };
  let shape: TextShape | undefined;
  const shapeOf = (first: string) => {
    const found = textShape(first);
    if ('reason' in found) throw new NotRead(found);
    shape = found;
    return { columns: found.exported ? ['', ...found.fields] : found.fields, header: found.header };
  };
  try {
    const read = await readText(path, bytes, { shapeOf, signal });
    return shape === undefined ? { reason: 'is empty' } : judge(read, shape, path.endsWith('.gz'));
  } catch (error) {
    if (error instanceof NotRead) return { ...error.inspection, final: true };
    signal.throwIfAborted();
    const code = codeOf(error);
    const reason = reasonFor(code);
    if (code === 'Z_BUF_ERROR') return { reason, unfinished: true };
    return isDamage(code) ? { reason, final: true } : { reason };
  }
}

function judge(read: ReadText, shape: TextShape, gzip: boolean): Inspection {
  const refused = shape.header ? refuseRecord(shape.fields, wordsOf(read.second)) : undefined;
  if (refused !== undefined) return { reason: refused, final: true };
  if (read.windows && read.unix) return { reason: 'mixes Windows and Unix line ends', final: true };
  if (read.loneReturn) return { reason: 'has a carriage return in the middle of a line', final: true };
  // A whole gzip stream was finished by its writer; a plain file may stop in the middle of a record, or of a word.
  if (!gzip && read.rest !== '' && !isWholeRecord(read.rest, shape)) {
    return { reason: 'breaks off in the middle of its last line', unfinished: true };
  }
  const { records, unreadable: unreadableLines, digest } = read;
  return { shape: { ...shape, records, unreadableLines, ends: endsOf(read), digest } };
}

function endsOf({ records, oldestEnd, newestEnd }: ReadText): SlotRange | undefined {
  return records === 0 ? undefined : { fromSeconds: oldestEnd, toSeconds: newestEnd + 1 };
}

function isWholeRecord(line: string, { fields, exported }: TextShape): boolean {
  const words = wordsOf(line);
  const isComplete = words.length === fields.length + (exported ? 1 : 0);
  return isComplete && isWholeWord(fields.at(-1) ?? '', words.at(-1) ?? '');
}

function wordsOf(line: string): readonly string[] {
  return line.trim().split(/\s+/);
}
