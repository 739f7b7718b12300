import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, rm, stat, statfs } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** Texts of gzip files on disk, from the first question that reads them until they are kept as Parquet. */
export interface InflatedTexts {
  /** Where the text of a file may be written; undefined where there is no room. `mark` differs once the file has changed. */
  place(key: string, mark: string, packedBytes: number): Promise<string | undefined>;
  /** Takes that it was written, or that it was not after all. */
  took(path: string): Promise<void>;
  /** Whether it is there. */
  has(path: string): boolean;
  remove(path: string): Promise<void>;
  /** Removes all of them. */
  clear(): void;
}

/** As much as a question may spill. */
const MOST_BYTES = 4_000_000_000;
/** What is left of a disk is left to others but for a half. */
const SHARE_OF_DISK = 0.5;
/** Flow logs come to five to twenty times of the packed size. */
const TIMES_PACKED = 20;

/** Looks after them in a folder of one process, which is empty at first. */
export function createInflatedTexts(folder: string): InflatedTexts {
  const there = new Map<string, number>();
  let reservedBytes = 0;
  const total = () => [...there.values()].reduce((sum, bytes) => sum + bytes, 0) + reservedBytes;
  const reserved = new Map<string, number>();
  let isMade = false;

  /** None where the folder cannot be made. */
  async function mostBytes(): Promise<number> {
    try {
      if (!isMade) await mkdir(folder, { recursive: true, mode: 0o700 });
      isMade = true;
      const { bavail, bsize } = await statfs(folder);
      return Math.min(MOST_BYTES, bavail * bsize * SHARE_OF_DISK);
    } catch {
      return 0;
    }
  }

  function release(path: string): void {
    reservedBytes -= reserved.get(path) ?? 0;
    reserved.delete(path);
  }

  return {
    async place(key, mark, packedBytes) {
      const bytes = packedBytes * TIMES_PACKED;
      if (total() + bytes > (await mostBytes())) return undefined;
      const path = pathOf(folder, key, mark);
      if (there.has(path) || reserved.has(path)) return undefined;
      reserved.set(path, bytes);
      reservedBytes += bytes;
      return path;
    },
    async took(path) {
      const found = await stat(path).catch(() => undefined);
      release(path);
      if (found !== undefined) there.set(path, found.size);
    },
    has: (path) => there.has(path),
    async remove(path) {
      there.delete(path);
      await rm(path, { force: true });
    },
    clear() {
      there.clear();
      if (isMade) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A name that no other file has, and that begins as that of the file does: statements know flow logs by it. */
function pathOf(folder: string, key: string, mark: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([key, mark]))
    .digest('hex')
    .slice(0, 32);
  return join(folder, `${basename(key).replace(/\.log\.gz$/, '')}-${hash}.log`);
}
