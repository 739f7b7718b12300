import { readdir, rm, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import pLimit from 'p-limit';
import type { Engine } from '../core/answer/engine.ts';
import { addedUp, type FetchedEvents, type Fetches, fetchesOf } from '../core/lake/fetches.ts';
import type { ScannedObject, UnreadObject } from '../core/lake/scan.ts';

export interface DirectEngineParts {
  /** Reads files of the folder. */
  readonly engine: Engine;
  /** Where files are while they are read and until their records are kept. */
  readonly folder: string;
  /** Whether the records of a file are kept, by its path in the folder and its mark. */
  readonly isKept: (path: string, mark: string) => Promise<boolean>;
  /** Ends when nothing is kept any more. */
  readonly settled: () => Promise<void>;
  /** Files under these names are held for a while after they came: they are fetched when a question is understood, not when it runs. */
  readonly isHeld: (bucket: string) => boolean;
  readonly now: () => Date;
  /** Fetches a file to a path, as a whole or not at all. Returns how many requests to S3 that took. */
  readonly fetch: (object: ScannedObject, path: string, signal: AbortSignal) => Promise<number>;
  /** Why a file alone cannot be fetched; undefined for an error that ends the question. */
  readonly reasonFor: (error: unknown) => string | undefined;
}

/** An engine over files that are elsewhere: it fetches those that are not kept, and reads them on this machine. */
export interface DirectEngine {
  readonly engine: Engine;
  /** What of some files would have to be fetched; once that is more than `mostBytes`, the rest counts without a look. */
  toFetch(objects: readonly ScannedObject[], mostBytes: number): Promise<Fetches>;
}

/** Files that are looked for on this machine before their sizes are added up. */
const FILES_A_LOOK = 64;

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

  /** Of a question that wants the files themselves, what is kept of them is none. */
  async function isHere(object: ScannedObject, isOfOrigins: boolean): Promise<boolean> {
    const path = pathOf(object);
    if (!isOfOrigins && object.mark !== undefined && (await parts.isKept(path, object.mark))) return true;
    const found = await stat(join(folder, path)).catch(() => undefined);
    return found?.size === object.bytes;
  }

  async function missing(
    objects: readonly ScannedObject[],
    isOfOrigins = false,
  ): Promise<readonly ScannedObject[]> {
    const here = await pLimit(FILES_AT_ONCE).map(objects, (object) => isHere(object, isOfOrigins));
    return objects.filter((_, index) => here[index] === false);
  }

  async function fetchAll(objects: readonly ScannedObject[], signal: AbortSignal) {
    const unread = new Map<ScannedObject, UnreadObject>();
    let gets = 0;
    await pLimit(FILES_AT_ONCE).map(objects, async (object) => {
      signal.throwIfAborted();
      try {
        // Others end while this one is waited for.
        const own = await fetch(object, join(folder, pathOf(object)), signal);
        gets += own;
      } catch (error) {
        const reason = reasonFor(error);
        if (signal.aborted || reason === undefined) throw error;
        unread.set(object, { key: object.key, slot: object.slot, reason });
      }
    });
    return { gone: unread, gets };
  }

  /** A question that comes meanwhile waits: what it finds here must still be here when it is read. */
  async function removeFetched(): Promise<void> {
    await settled();
    if (running > 0) return;
    removing = removeIn(folder, parts).catch(() => undefined);
    await removing;
  }

  return {
    async toFetch(objects, mostBytes) {
      let amount = fetchesOf([]);
      let looked = 0;
      for (; looked < objects.length && amount.bytes <= mostBytes; looked += FILES_A_LOOK)
        amount = addedUp(amount, fetchesOf(await missing(objects.slice(looked, looked + FILES_A_LOOK))));
      return addedUp(amount, fetchesOf(objects.slice(looked)));
    },
    engine: {
      ...engine,
      async run(statement, take, signal, onStart) {
        running += 1;
        try {
          await removing;
          const { scan } = statement;
          const wanted = await missing(scan.objects, scan.isOfOrigins);
          const { gone, gets } = await fetchAll(wanted, signal);
          const read = scan.objects.filter((object) => !gone.has(object));
          const objects = read.map((object) => ({ ...object, key: pathOf(object) }));
          const run = await engine.run({ ...statement, scan: { ...scan, objects } }, take, signal, onStart);
          const fetched = wanted.filter((object) => !gone.has(object));
          const failed = failedOf(run.unread, read, new Set(fetched));
          const fetches = withEvents(fetched, scan.direct?.events);
          return { ...run, unread: [...gone.values(), ...failed], fetched: { ...fetches, gets } };
        } finally {
          running -= 1;
          // What cannot be removed is tried again after the next question.
          removeFetched().catch(() => undefined);
        }
      },
    },
  };
}

/** Slots of log groups were fetched when the question was understood; those that are fetched once more are a call each at least. */
function withEvents(fetched: readonly ScannedObject[], events: FetchedEvents | undefined): Fetches {
  if (events === undefined) return fetchesOf(fetched);
  const again = fetched.filter(({ from }) => from?.events !== undefined);
  const { bytes } = fetchesOf(again);
  return {
    ...fetchesOf(fetched.filter((object) => !again.includes(object))),
    events: { ...events, calls: events.calls + again.length, bytes: events.bytes + bytes },
  };
}

const LOST = 'what was kept of it could not be read: ask again';

/** What could not be read, under its own key. A file that was not fetched is not gone: what was kept of it is. */
function failedOf(
  unread: readonly UnreadObject[],
  read: readonly ScannedObject[],
  fetched: ReadonlySet<ScannedObject>,
): readonly UnreadObject[] {
  const objects = new Map(read.map((object) => [pathOf(object), object]));
  return unread.map((each) => {
    const object = objects.get(each.key);
    if (object === undefined) return each;
    return { ...each, key: object.key, ...(!fetched.has(object) && { reason: LOST }) };
  });
}

async function removeIn(
  folder: string,
  { isHeld, now }: Pick<DirectEngineParts, 'isHeld' | 'now'>,
): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  await Promise.all(
    entries.map((name) => {
      const path = join(folder, name);
      return isHeld(name)
        ? removeOld(path, now().getTime() - HELD_MS)
        : rm(path, { recursive: true, force: true });
    }),
  );
}

/** A question that was understood runs by then, or fetches once more. */
const HELD_MS = 600_000;

async function removeOld(folder: string, beforeMs: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.ctimeMs < beforeMs) await rm(path, { force: true });
  }
}

/** Where a file is in the folder: buckets may hold files of the same key. */
export function pathOf({ key, from }: ScannedObject): string {
  return posix.join(from?.bucket ?? '', key);
}
