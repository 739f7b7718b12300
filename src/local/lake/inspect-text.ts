import { codeOf, reasonFor } from './damage.ts';
import { type Ends, readEnds } from './read-ends.ts';
import type { Inspection } from './shape.ts';
import { isWholeWord, type TextShape, textShape } from './text-shape.ts';

/**
 * Reads a text file to its end, because DuckDB reads a truncated or damaged gzip without a word and would answer
 * from a part of it. The first line tells its shape.
 */
export async function inspectText(path: string, bytes: number, signal: AbortSignal): Promise<Inspection> {
  if (bytes === 0) return { reason: 'is empty', unfinished: true };
  try {
    return judge(await readEnds(path, bytes, signal), path.endsWith('.gz'));
  } catch (error) {
    signal.throwIfAborted();
    const code = codeOf(error);
    const reason = reasonFor(code);
    return code === 'Z_BUF_ERROR' ? { reason, unfinished: true } : { reason };
  }
}

function judge(ends: Ends, gzip: boolean): Inspection {
  if (ends.first.trim() === '') return { reason: 'is empty' };
  const shape = textShape(ends.first);
  if (typeof shape === 'string') return { reason: shape };
  if (ends.windows && ends.unix) return { reason: 'mixes Windows and Unix line ends' };
  // A whole gzip stream was finished by its writer; a plain file may stop in the middle of a record, or of a word.
  if (!gzip && ends.rest !== '' && !isWholeRecord(ends.rest, shape)) {
    return { reason: 'breaks off in the middle of its last line', unfinished: true };
  }
  return { shape: { ...shape, newestEnd: endOf(ends.rest || ends.last, shape) } };
}

function isWholeRecord(line: string, { fields, exported }: TextShape): boolean {
  const words = wordsOf(line);
  const isComplete = words.length === fields.length + (exported ? 1 : 0);
  return isComplete && isWholeWord(fields.at(-1) ?? '', words.at(-1) ?? '');
}

/** The end of a record; 0 for a line that is none, as when the header is the last one. */
function endOf(line: string, { fields, exported }: TextShape): number {
  const word = wordsOf(line)[fields.indexOf('end') + (exported ? 1 : 0)] ?? '';
  return /^\d{1,15}$/.test(word) ? Number(word) : 0;
}

function wordsOf(line: string): readonly string[] {
  return line.trim().split(/\s+/);
}
