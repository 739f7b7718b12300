import { interruptible } from './interruptible.ts';
import { exactPattern } from './literal.ts';
import type { Duckdb } from './open-duckdb.ts';
import { type ReadableFile, relationOf } from './relation.ts';

/** DuckDB quotes the statement below its message, and so names files that have done nothing. */
const QUOTED_STATEMENT = /\n\nLINE \d+:/;

/**
 * The file because of which reading failed: the one that the message names, or the first that cannot be read alone,
 * since some of DuckDB's errors name none.
 */
export async function findCulprit<F extends ReadableFile>(
  error: unknown,
  files: readonly F[],
  duckdb: Duckdb,
  signal: AbortSignal,
): Promise<F | undefined> {
  const [message = ''] = (error instanceof Error ? error.message : '').split(QUOTED_STATEMENT);
  const named = files.filter(({ path }) => message.includes(path) || message.includes(exactPattern(path)));
  // A path may be the beginning of another one.
  const [longest] = named.toSorted((a, b) => b.path.length - a.path.length);
  if (longest !== undefined) return longest;
  for (const file of files) {
    if (!(await canBeRead(file, duckdb, signal))) return file;
  }
  return undefined;
}

async function canBeRead(file: ReadableFile, duckdb: Duckdb, signal: AbortSignal): Promise<boolean> {
  return interruptible(duckdb, signal, async (connection) => {
    try {
      await connection.run(
        `SELECT count(COLUMNS(*)) FROM (${relationOf([file], file.shape.fields)}) AS alone`,
      );
      return true;
    } catch {
      return false;
    }
  });
}
