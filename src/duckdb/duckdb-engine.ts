import pLimit from 'p-limit';
import type { Engine, Run, Statement, TakePart } from '../core/answer/engine.ts';
import { createTurns, type EnginePlaces, isLong } from '../core/answer/turns.ts';
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

type ChosenFile = ReadableFile & { readonly object: ScannedObject };

interface Chosen {
  readonly files: readonly ChosenFile[];
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
const SCANS_AT_ONCE = 2;
/** Two long scans at once take as long as one after the other: each uses all threads of the engine. */
const LONG_SCANS_AT_ONCE = 1;
/** 231 MB of gzip text, 10 million records, take three seconds on two cores: so much takes a fifth of one. */
const MOST_SHORT_BYTES = 16_000_000;
/**
 * What runs next to a long scan must fit into the memory with it: two scans over ten million records at once failed under
 * 192 MB. A 128th of the limit is 2 MB under 256 MB: some 90,000 records.
 */
const SHORT_SHARE = 128;
const BYTES_A_MB = 1_000_000;

/** How many scans run at once under a limit of memory, and which of them are long. */
export function scanPlaces(memoryLimitMb: number): EnginePlaces {
  const longerThanBytes = Math.min(MOST_SHORT_BYTES, (memoryLimitMb * BYTES_A_MB) / SHORT_SHARE);
  return { atOnce: SCANS_AT_ONCE, longAtOnce: LONG_SCANS_AT_ONCE, longerThanBytes };
}

/** The embedded engine: DuckDB over the files of the scan, on threads of its own. */
export function createDuckdbEngine({ duckdb, lakeFiles, elapsedMs, newId }: DuckdbEngineParts): Engine {
  const places = scanPlaces(duckdb.memoryLimitMb);
  const turns = createTurns(places.atOnce, places.longAtOnce);

  /**
   * A file that fails while it is read is left out and named, and the rest is read again; where it was what is kept of a
   * file, that file itself is read in its place.
   */
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
      if (chosen.files.some(isGlanced))
        return runOver(statement, await counted(chosen, signal), take, signal);
      const culprit = await findCulprit(failed, chosen.files, duckdb, signal);
      if (culprit === undefined) throw failed;
      return runOver(statement, await without(culprit, chosen, signal), take, signal);
    }
  }

  /** Of files that a glance took for whole one has a line that is no record, or is not there any more: all are looked at line by line. */
  async function counted({ files, unread }: Chosen, signal: AbortSignal): Promise<Chosen> {
    const isPlain = (file: ChosenFile) => !isGlanced(file);
    const anew = files.filter(isGlanced).map(({ object }) => object);
    const looked = await choose(anew, lakeFiles.findCounted, signal);
    return { files: [...files.filter(isPlain), ...looked.files], unread: [...unread, ...looked.unread] };
  }

  async function without(culprit: ChosenFile, chosen: Chosen, signal: AbortSignal): Promise<Chosen> {
    const { key, slot, only } = culprit.object;
    const files = chosen.files.filter((file) => file !== culprit);
    const leftOut = (reason: string): Chosen => ({
      files,
      unread: [...chosen.unread, { key, slot, reason }],
    });
    if (!(await lakeFiles.couldNotRead(culprit))) return leftOut('could not be read to its end');
    const file = await lakeFiles.findOrigin(culprit.object, signal);
    if ('reason' in file) return leftOut(file.reason);
    return { ...chosen, files: [...files, { ...file, object: culprit.object, only }] };
  }

  async function runInTurn(statement: Statement, take: TakePart, signal: AbortSignal): Promise<Run> {
    const startedMs = elapsedMs();
    signal.throwIfAborted();
    const { objects, isOfOrigins } = statement.scan;
    const find = isOfOrigins ? lakeFiles.findOrigin : lakeFiles.find;
    const chosen = await choose(objects, find, signal);
    let readMs: number | undefined;
    // The time that the rows are taken for is not the engine's.
    const timed: TakePart = (part) => {
      readMs ??= elapsedMs();
      return take(part);
    };
    const executed = await runOver(statement, chosen, timed, signal);
    if (!isOfOrigins) lakeFiles.wereRead(chosen.files);
    return { ...executed, elapsedMs: (readMs ?? elapsedMs()) - startedMs, id: newId() };
  }

  return {
    name: 'duckdb',
    bills: false,
    async run(statement, take, signal) {
      try {
        const whose = { channel: '', person: '', isLong: isLong(statement.scan, places) };
        return await turns.take(whose, () => runInTurn(statement, take, signal), { signal });
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
  find: LakeFiles['find'],
  signal: AbortSignal,
): Promise<Chosen> {
  const files: Chosen['files'][number][] = [];
  const unread: UnreadObject[] = [];
  const read = new Set<string>();
  // Copies come last: one is read when what it is a copy of is not.
  async function look(object: ScannedObject): Promise<void> {
    const { key, slot, only, copyOf } = object;
    if (copyOf !== undefined && read.has(copyOf)) return;
    signal.throwIfAborted();
    const file = await find(object, signal);
    if ('shape' in file) {
      files.push({ ...file, object, only });
      read.add(key);
    } else unread.push({ key, slot, reason: file.reason });
  }
  const limit = pLimit(FILES_AT_ONCE);
  await limit.map(
    objects.filter((object) => !isCopy(object)),
    look,
  );
  for (const object of objects.filter(isCopy)) await look(object);
  return { files, unread };
}

/** As many as there are cores in most places: more would only take memory. */
const FILES_AT_ONCE = 2;

function isGlanced({ shape }: ChosenFile): boolean {
  return shape.isGlanced === true;
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
