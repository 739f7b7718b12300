import { readdir, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { ASIDE, descriptionPath } from './kept-slot.ts';

/** What is kept in a folder: how much, and what was used when. */
export interface KeptFolder {
  /**
   * Takes a file that was kept just now, and removes what was not used for longest where there is too much.
   * @throws RangeError for one that is larger than all that may be kept, which is removed.
   */
  added(path: string, bytes: number): Promise<void>;
  /** Takes that files were read. */
  used(paths: readonly string[]): Promise<void>;
  remove(path: string): Promise<void>;
}

/** Of what is kept, so much is left where the limit is reached: else each file that is kept would remove one. */
const LEFT = 0.9;
/** That a file was used is written down once in so long. */
const USED_EVERY_MS = 3_600_000;
/** What is still being written is not older. */
const ASIDE_MS = 600_000;
/** Other processes keep files in the folder, and remove them, too: it is listed anew after so long. */
const LISTED_FOR_MS = 600_000;

interface KeptFile {
  readonly bytes: number;
  readonly usedMs: number;
}

/** Looks after a folder of at most so many bytes. When a file was used is the time of change of what describes it. */
export function createKeptFolder(folder: string, mostBytes: number, now: () => Date): KeptFolder {
  let listing: Promise<Map<string, KeptFile>> | undefined;
  let listedMs = 0;

  function files(): Promise<Map<string, KeptFile>> {
    const nowMs = now().getTime();
    if (listing === undefined || nowMs - listedMs > LISTED_FOR_MS) {
      listing = listKept(folder, now());
      listedMs = nowMs;
    }
    return listing;
  }

  async function remove(path: string): Promise<void> {
    (await files()).delete(path);
    await Promise.all([path, descriptionPath(path)].map((each) => rm(each, { force: true })));
  }

  return {
    remove,
    async added(path, bytes) {
      const all = await files();
      all.set(path, { bytes, usedMs: now().getTime() });
      if (bytes > mostBytes) {
        await remove(path);
        throw new RangeError(`${path} has ${bytes} bytes, more than may be kept at all`);
      }
      let total = [...all.values()].reduce((sum, file) => sum + file.bytes, 0);
      if (total <= mostBytes) return;
      for (const [old, file] of [...all].toSorted(([, a], [, b]) => a.usedMs - b.usedMs)) {
        if (total <= mostBytes * LEFT || old === path) break;
        await remove(old);
        total -= file.bytes;
      }
    },
    async used(paths) {
      const all = await files();
      const at = now();
      for (const path of paths) {
        const file = all.get(path);
        if (file === undefined || at.getTime() - file.usedMs < USED_EVERY_MS) continue;
        all.set(path, { ...file, usedMs: at.getTime() });
        await utimes(descriptionPath(path), at, at).catch(() => undefined);
      }
    },
  };
}

async function listKept(folder: string, now: Date): Promise<Map<string, KeptFile>> {
  const kept = new Map<string, KeptFile>();
  for (const path of await keptFiles(folder)) {
    const [file, description] = await Promise.all(
      [path, descriptionPath(path)].map((each) => stat(each).catch(() => undefined)),
    );
    if (file !== undefined && description !== undefined)
      kept.set(path, { bytes: file.size, usedMs: description.mtimeMs });
    else if (file !== undefined && now.getTime() - file.mtimeMs > ASIDE_MS) await rm(path, { force: true });
  }
  return kept;
}

/** A hidden folder of the first two digits of names. */
const SHARD = /^\.[0-9a-f]{2}$/;
const OWN = /\.parquet(?:\.json)?$/;

/** The Parquet files, also those that were being written when a process ended. */
async function keptFiles(folder: string): Promise<readonly string[]> {
  const shards = (await readdir(folder).catch(() => [])).filter((name) => SHARD.test(name));
  const names = await Promise.all(
    shards.map(async (shard) =>
      (await readdir(join(folder, shard)).catch(() => [])).map((name) => join(folder, shard, name)),
    ),
  );
  return names.flat().filter((path) => path.endsWith('.parquet'));
}

/** What was removed. */
export interface Cleared {
  readonly files: number;
  readonly bytes: number;
}

/** The folder below with what is known of log groups, which is worth nothing without the slots. */
export const LOG_GROUPS = '.log-groups';

/** The folder below with one of each process, in which texts of gzip files are until they are kept. */
export const INFLATED = '.inflated';

/** Removes all that is kept in a folder, and nothing else that is in it. */
export async function clearKept(folder: string): Promise<Cleared> {
  let [files, bytes] = [0, 0];
  for (const beside of [LOG_GROUPS, INFLATED])
    await rm(join(folder, beside), { recursive: true, force: true });
  for (const shard of (await readdir(folder).catch(() => [])).filter((name) => SHARD.test(name))) {
    for (const name of (await readdir(join(folder, shard)).catch(() => [])).filter((each) =>
      OWN.test(each),
    )) {
      const path = join(folder, shard, name);
      const found = await stat(path).catch(() => undefined);
      await rm(path, { force: true });
      bytes += found?.size ?? 0;
      if (name.endsWith('.parquet') && !name.startsWith(ASIDE)) files += 1;
    }
  }
  return { files, bytes };
}
