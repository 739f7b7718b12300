import { codeOf, reasonFor } from './damage.ts';
import { type Ends, readEnds } from './read-ends.ts';
import type { Inspection } from './shape.ts';
import { isWholeWord, textShape } from './text-shape.ts';

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

function judge({ first, last, windows, unix }: Ends, gzip: boolean): Inspection {
  if (first.trim() === '') return { reason: 'is empty' };
  const shape = textShape(first);
  if (typeof shape === 'string') return { reason: shape };
  if (windows && unix) return { reason: 'mixes Windows and Unix line ends' };
  // A whole gzip stream was finished by its writer; a plain file may stop in the middle of a record, or of a word.
  if (gzip || last === '') return { shape };
  const words = last.trim().split(/\s+/);
  const columns = shape.columns.length + (shape.exported ? 1 : 0);
  if (words.length === columns && isWholeWord(shape.fields.at(-1) ?? '', words.at(-1) ?? '')) return { shape };
  return { reason: 'breaks off in the middle of its last line', unfinished: true };
}
