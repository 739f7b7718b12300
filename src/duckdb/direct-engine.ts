import { readdir, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import pLimit from 'p-limit';
import type { Engine } from '../core/answer/engine.ts';
import type { Fetches, ScannedObject, UnreadObject } from '../core/lake/scan.ts';

export interface DirectEngineParts {
  /** Reads files of the folder. */
  readonly engine: Engine;
  /** Where files are while they are read and until their records are kept. */
  readonly folder: string;
  /** Whether the records of a file are kept, by its path in the folder and its mark. */
  readonly isKept: (path: string, mark: string) => Promise<boolean>;
  /** Ends when nothing is kept any more. */
  readonly settled: () => Promise<void>;
  /** Fetches a file to a path, as a whole or not at all. */
  readonly fetch: (object: ScannedObject, path: string, signal: AbortSignal) => Promise<void>;
  /** Why a file alone cannot be fetched; undefined for an error that ends the question. */
  readonly reasonFor: (error: unknown) => string | undefined;
}

/** An engine over files that are elsewhere: it fetches those that are not kept, and reads them on this machine. */
export interface DirectEngine {
  readonly engine: Engine;
  /** What of some files would have to be fetched. */
  toFetch(objects: readonly ScannedObject[]): Promise<Fetches>;
}

/** S3 answers thousands of requests a second; with eight at once the network of one machine is busy. */
const FILES_AT_ONCE = 8;

/**
 * Creates it. A file that went away since it was listed is left out and named, like one that cannot be read; what keeps all of them
 * away, such as a permission that is missing, ends the question. Fetched files are removed once no question reads them.
 */
export function createDirectEngine(parts: DirectEngineParts): DirectEngine {
  const { engine, folder, settled, fetch, reasonFor } = parts;
  let running = 0;
  let removing: Promise<void> | undefined;

  async function isHere(object: ScannedObject): Promise<boolean> {
    const path = pathOf(object);
    if (object.mark !== undefined && (await parts.isKept(path, object.mark))) return true;
    const found = await stat(join(folder, path)).catch(() => undefined);
    return found?.size === object.bytes;
  }

  async function missing(objects: readonly ScannedObject[]): Promise<readonly ScannedObject[]> {
    const here = await pLimit(FILES_AT_ONCE).map(objects, isHere);
    return objects.filter((_, index) => here[index] === false);
  }

  async function fetchAll(objects: readonly ScannedObject[], signal: AbortSignal) {
    const unread: UnreadObject[] = [];
    await pLimit(FILES_AT_ONCE).map(objects, async (object) => {
      signal.throwIfAborted();
      try {
        await fetch(object, join(folder, pathOf(object)), signal);
      } catch (error) {
        const reason = reasonFor(error);
        if (reason === undefined) throw error;
        unread.push({ key: object.key, slot: object.slot, reason });
      }
    });
    return unread;
  }

  /** A question that comes meanwhile waits: what it finds here must still be here when it is read. */
  async function removeFetched(): Promise<void> {
    await settled();
    if (running > 0) return;
    removing = removeIn(folder);
    await removing;
  }

  return {
    async toFetch(objects) {
      return amountOf(await missing(objects));
    },
    engine: {
      ...engine,
      async run(statement, take, signal, onStart) {
        running += 1;
        try {
          await removing;
          const wanted = await missing(statement.scan.objects);
          const unread = await fetchAll(wanted, signal);
          const gone = new Set(unread.map(({ key }) => key));
          const read = statement.scan.objects.filter(({ key }) => !gone.has(key));
          const objects = read.map((object) => ({ ...object, key: pathOf(object) }));
          const run = await engine.run(
            { ...statement, scan: { ...statement.scan, objects } },
            take,
            signal,
            onStart,
          );
          const keys = new Map(read.map((object) => [pathOf(object), object.key]));
          const failed = run.unread.map((each) => ({ ...each, key: keys.get(each.key) ?? each.key }));
          const fetched = amountOf(wanted.filter(({ key }) => !gone.has(key)));
          return { ...run, unread: [...unread, ...failed], fetched };
        } finally {
          running -= 1;
          void removeFetched();
        }
      },
    },
  };
}

async function removeIn(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  await Promise.all(entries.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Buckets may hold files of the same key. */
function pathOf({ key, from }: ScannedObject): string {
  return posix.join(from?.bucket ?? '', key);
}

function amountOf(objects: readonly ScannedObject[]): Fetches {
  return { files: objects.length, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}
