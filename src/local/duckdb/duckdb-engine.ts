import { join } from 'node:path';
import type { DuckDBInstance } from '@duckdb/node-api';
import { createTurns } from '../../core/answer/turn/turns.ts';
import { countedObjects } from '../../core/lake/counted-objects.ts';
import type { Engine, Run, Statement, TakePart } from '../../core/ports/engine.ts';
import type { LakeObject, UnreadObject } from '../../core/ports/scan.ts';
import type { Inspect } from '../lake/inspector.ts';
import { engineError } from './engine-error.ts';
import { findCulprit } from './find-culprit.ts';
import { interruptible } from './interruptible.ts';
import { type ReadableFile, relationOf } from './relation.ts';
import { rejectedLines, runSelect } from './run-select.ts';

/** What the engine needs from outside. */
export interface DuckdbEngineParts {
  readonly duckdb: DuckDBInstance;
  readonly root: string;
  readonly inspect: Inspect;
  /** Milliseconds on a clock that never goes back. */
  readonly elapsedMs: () => number;
  readonly newId: () => string;
}

interface Chosen {
  readonly files: readonly (ReadableFile & { readonly object: LakeObject })[];
  readonly unread: readonly UnreadObject[];
}

type Outcome = Omit<Run, 'elapsedMs' | 'id'>;

/**
 * A query of DuckDB occupies one of libuv's four threads until it ends. Files, zlib and the lookup of names, Slack's
 * too, need the others: more scans at once would make the whole app wait.
 */
export const SCANS_AT_ONCE = 2;

/** The embedded engine: DuckDB over the files of the scan, on threads of its own. */
export function createDuckdbEngine({ duckdb, root, inspect, elapsedMs, newId }: DuckdbEngineParts): Engine {
  const turns = createTurns(SCANS_AT_ONCE);

  /** A file that fails while it is read is left out and named, and the rest is read again. */
  async function runOver(
    statement: Statement,
    chosen: Chosen,
    take: TakePart,
    signal: AbortSignal,
  ): Promise<Outcome> {
    try {
      return await execute(duckdb, statement, chosen, take, signal);
    } catch (error) {
      if (engineError(error, signal).code !== 'broken') throw error;
      const culprit = await findCulprit(error, chosen.files, duckdb, signal);
      if (culprit === undefined) throw error;
      const { key, slot } = culprit.object;
      const unread = [...chosen.unread, { key, slot, reason: 'could not be read to its end' }];
      const files = chosen.files.filter((file) => file !== culprit);
      return runOver(statement, { files, unread }, take, signal);
    }
  }

  async function runInTurn(statement: Statement, take: TakePart, signal: AbortSignal): Promise<Run> {
    const startedMs = elapsedMs();
    signal.throwIfAborted();
    const chosen = await choose(statement.scan.objects, { root, inspect }, signal);
    let readMs: number | undefined;
    // What becomes of the rows is not the engine's time.
    const timed: TakePart = (part) => {
      readMs ??= elapsedMs();
      return take(part);
    };
    const outcome = await runOver(statement, chosen, timed, signal);
    return { ...outcome, elapsedMs: (readMs ?? elapsedMs()) - startedMs, id: newId() };
  }

  return {
    name: 'duckdb',
    async run(statement, take, signal) {
      try {
        return await turns('', () => runInTurn(statement, take, signal), { signal });
      } catch (error) {
        throw engineError(error, signal);
      }
    },
  };
}

/** Files are looked at again, because they may have changed or gone since the scan was chosen. */
async function choose(
  objects: readonly LakeObject[],
  { root, inspect }: Pick<DuckdbEngineParts, 'root' | 'inspect'>,
  signal: AbortSignal,
): Promise<Chosen> {
  const files: Chosen['files'][number][] = [];
  const unread: UnreadObject[] = [];
  for (const object of objects) {
    const inspection = await inspect(object, signal);
    if ('shape' in inspection) files.push({ object, path: join(root, object.key), shape: inspection.shape });
    else unread.push({ key: object.key, slot: object.slot, reason: inspection.reason });
  }
  return { files, unread };
}

async function execute(
  duckdb: DuckDBInstance,
  statement: Statement,
  { files, unread }: Chosen,
  take: TakePart,
  signal: AbortSignal,
): Promise<Outcome> {
  return interruptible(duckdb, signal, async (connection) => {
    for (const { name, fields, flowLogs } of statement.scan.tables)
      await connection.run(
        `CREATE TEMP VIEW "${name}" AS ${relationOf(files, fields, { withPath: flowLogs !== undefined })}`,
      );
    const handOn = await runSelect(connection, statement);
    await handOn(take, signal);
    return {
      scannedBytes: files.reduce((sum, { object }) => sum + object.bytes, 0),
      filesRead: countedObjects(files.map(({ object }) => object)).length,
      reused: false,
      unread,
      unreadableLines: await rejectedLines(connection),
    };
  });
}
