import type { Engine, Run, Statement, TakePart } from '../core/answer/engine.ts';
import { createTurns } from '../core/answer/turns.ts';
import { countedObjects, type ScannedObject, type UnreadObject } from '../core/lake/scan.ts';
import { engineError, wasEndedByAnother } from './engine-error.ts';
import { findCulprit } from './find-culprit.ts';
import { interruptible } from './interruptible.ts';
import type { LakeFiles } from './lake/lake-files.ts';
import type { Duckdb } from './open-duckdb.ts';
import { type ReadableFile, relationOf } from './relation.ts';
import { runSelect } from './run-select.ts';

export interface DuckdbEngineParts {
  readonly duckdb: Duckdb;
  readonly lakeFiles: LakeFiles;
  /** Milliseconds on a clock that never goes back. */
  readonly elapsedMs: () => number;
  readonly newId: () => string;
}

interface Chosen {
  readonly files: readonly (ReadableFile & { readonly object: ScannedObject })[];
  readonly unread: readonly UnreadObject[];
}

/** The relation over the files could not be created: no statement of a person is in it, so one of the files is at fault. */
class RelationError extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

type Executed = Omit<Run, 'elapsedMs' | 'id'>;

/**
 * A query of DuckDB occupies one of libuv's four threads until it ends. Files, zlib and the lookup of names, Slack's
 * too, need the others: more scans at once would make the whole app wait.
 */
const MOST_SCANS_AT_ONCE = 2;
/** Each scan holds what it cannot spill: two over ten million records at once failed under 192 MB. */
const MB_A_SCAN = 256;

/** How many scans run at once under a limit of memory. */
export function scansAtOnce(memoryLimitMb: number): number {
  return Math.max(1, Math.min(MOST_SCANS_AT_ONCE, Math.floor(memoryLimitMb / MB_A_SCAN)));
}

/** The embedded engine: DuckDB over the files of the scan, on threads of its own. */
export function createDuckdbEngine({ duckdb, lakeFiles, elapsedMs, newId }: DuckdbEngineParts): Engine {
  const turns = createTurns(scansAtOnce(duckdb.memoryLimitMb));

  /** A file that fails while it is read is left out and named, and the rest is read again. */
  async function runOver(
    statement: Statement,
    chosen: Chosen,
    take: TakePart,
    signal: AbortSignal,
  ): Promise<Executed> {
    try {
      return await runAgain(() => execute(duckdb, statement, chosen, take, signal), signal);
    } catch (error) {
      const failed = error instanceof RelationError ? error.cause : error;
      if (failed === error && engineError(error, signal).code !== 'broken') throw error;
      const culprit = await findCulprit(failed, chosen.files, duckdb, signal);
      if (culprit === undefined) throw failed;
      const { key, slot } = culprit.object;
      const unread = [...chosen.unread, { key, slot, reason: 'could not be read to its end' }];
      const files = chosen.files.filter((file) => file !== culprit);
      return runOver(statement, { files, unread }, take, signal);
    }
  }

  async function runInTurn(statement: Statement, take: TakePart, signal: AbortSignal): Promise<Run> {
    const startedMs = elapsedMs();
    signal.throwIfAborted();
    const chosen = await choose(statement.scan.objects, lakeFiles, signal);
    let readMs: number | undefined;
    // The time that the rows are taken for is not the engine's.
    const timed: TakePart = (part) => {
      readMs ??= elapsedMs();
      return take(part);
    };
    const executed = await runOver(statement, chosen, timed, signal);
    return { ...executed, elapsedMs: (readMs ?? elapsedMs()) - startedMs, id: newId() };
  }

  return {
    name: 'duckdb',
    bills: false,
    async run(statement, take, signal) {
      try {
        return await turns('', () => runInTurn(statement, take, signal), { signal });
      } catch (error) {
        throw engineError(error, signal);
      }
    },
  };
}

/** How often a statement is run that another one's error has ended. */
const MOST_RUNS = 5;

/** The error of one statement ends DuckDB for all that are running: the others run again on a new one. */
async function runAgain<T>(run: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let runs = 1; ; runs += 1) {
    try {
      return await run();
    } catch (error) {
      if (signal.aborted || runs === MOST_RUNS || !wasEndedByAnother(error)) throw error;
    }
  }
}

async function choose(
  objects: readonly ScannedObject[],
  lakeFiles: LakeFiles,
  signal: AbortSignal,
): Promise<Chosen> {
  const files: Chosen['files'][number][] = [];
  const unread: UnreadObject[] = [];
  const read = new Set<string>();
  // Copies come last: one is read when what it is a copy of is not.
  for (const object of objects.toSorted((a, b) => Number(isCopy(a)) - Number(isCopy(b)))) {
    const { key, slot, only, copyOf } = object;
    if (copyOf !== undefined && read.has(copyOf)) continue;
    const file = await lakeFiles.find(object, signal);
    if ('shape' in file) {
      files.push({ ...file, object, only });
      read.add(key);
    } else unread.push({ key, slot, reason: file.reason });
  }
  return { files, unread };
}

function isCopy({ copyOf }: ScannedObject): boolean {
  return copyOf !== undefined;
}

async function execute(
  duckdb: Duckdb,
  statement: Statement,
  { files, unread }: Chosen,
  take: TakePart,
  signal: AbortSignal,
): Promise<Executed> {
  return interruptible(duckdb, signal, async (connection) => {
    for (const { name, fields, flowLogs, repeats } of statement.scan.tables) {
      const withPath = flowLogs !== undefined || repeats !== undefined;
      const relation = relationOf(files, fields, { withPath });
      await connection.run(`CREATE TEMP VIEW "${name}" AS ${relation}`).catch((error: unknown) => {
        throw new RelationError(error);
      });
    }
    const passOn = await runSelect(connection, statement);
    await passOn(take, signal);
    return {
      scannedBytes: files.reduce((sum, { object }) => sum + object.bytes, 0),
      filesRead: countedObjects(files.map(({ object }) => object)).length,
      reused: false,
      unread,
      unreadableLines: files.reduce((sum, { shape }) => sum + (shape.unreadableLines ?? 0), 0),
    };
  });
}
