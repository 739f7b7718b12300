import { stat } from 'node:fs/promises';
import { type Ends, readEnds } from './read-ends.ts';
import type { Inspection } from './shape.ts';
import { textShape } from './text-shape.ts';

/** A file changed this lately may still be on its way to disk. */
const STILL_WRITTEN_MS = 120_000;
const STILL_WRITTEN = 'is still being written';

/**
 * Reads a text file to its end, because DuckDB reads a truncated or damaged gzip without a word and would answer
 * from a part of it. The first line tells its shape.
 */
export async function inspectText(path: string, now: Date, signal: AbortSignal): Promise<Inspection> {
  const { size, mtimeMs } = await stat(path);
  const young = now.getTime() - mtimeMs < STILL_WRITTEN_MS;
  if (size === 0) return { reason: young ? STILL_WRITTEN : 'is empty' };
  try {
    return judge(await readEnds(path, signal), { young, gzip: path.endsWith('.gz'), modifiedMs: mtimeMs });
  } catch (error) {
    signal.throwIfAborted();
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return {
      reason: young && code === 'Z_BUF_ERROR' ? STILL_WRITTEN : (DAMAGE[code] ?? `cannot be read (${code})`),
    };
  }
}

const DAMAGE: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'is a truncated gzip file',
  Z_DATA_ERROR: 'is a damaged gzip file',
  EACCES: 'may not be read: permission denied',
  EPERM: 'may not be read: permission denied',
  ENOENT: 'went away while it was read',
};

interface Facts {
  readonly young: boolean;
  readonly gzip: boolean;
  readonly modifiedMs: number;
}

function judge({ first, last }: Ends, { young, gzip, modifiedMs }: Facts): Inspection {
  if (first.trim() === '') return { reason: 'is empty' };
  const shape = textShape(first);
  if (typeof shape === 'string') return { reason: shape };
  // A whole gzip stream was finished by its writer; a plain file may stop in the middle of a record.
  const whole = gzip || last === '' || wordsIn(last) === wordsIn(first);
  if (!whole) return { reason: young ? STILL_WRITTEN : 'breaks off in the middle of a record' };
  return { shape: { ...shape, modifiedMs } };
}

function wordsIn(line: string): number {
  return line.trim().split(/\s+/).length;
}
