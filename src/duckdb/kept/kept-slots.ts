import { lstat } from 'node:fs/promises';
import { LRUCache } from 'lru-cache';
import type { Shape } from '../lake/shape.ts';
import { createKeptFolder } from './kept-folder.ts';
import { findKept, type KeptSlot, writeKept } from './kept-slot.ts';

export interface KeptSlotsParts {
  /** Where the lake is. */
  readonly root: string;
  /** Where its files are kept, and how much of them. */
  readonly folder: string;
  readonly mostBytes: number;
  readonly now: () => Date;
}

/** The files of a lake that are kept as Parquet, each as long as its mark, size and time of change, stays the same. */
export interface KeptSlots {
  /** Undefined where it is not kept, or what is kept is damaged. */
  find(key: string, mark: string): Promise<KeptSlot | undefined>;
  /** Keeps a file by `write`, which writes its records as Parquet to a path and says how many they were. */
  keep(key: string, mark: string, shape: Shape, write: (path: string) => Promise<number>): Promise<void>;
  /** Takes that files were read, by their keys. */
  used(keys: readonly string[]): Promise<void>;
  /** Whether a path is that of what is kept of a file; it is not any more then. */
  drop(key: string, path: string): Promise<boolean>;
}

/** What is known of one file that is kept. */
interface Known {
  readonly mark: string;
  readonly slot: KeptSlot;
  /** Of the Parquet file, when all of it was read. */
  readonly stamp: string;
}

/** A year of five-minute files of one flow log. */
const MOST_KNOWN = 105_000;

/** Finds and keeps them in a folder. What is kept is read as a whole once in each process, and after each change of it. */
export function createKeptSlots({ root, folder, mostBytes, now }: KeptSlotsParts): KeptSlots {
  const kept = createKeptFolder(folder, mostBytes, now);
  const known = new LRUCache<string, Known>({ maxSize: MOST_KNOWN, sizeCalculation: () => 1 });

  return {
    async find(key, mark) {
      const before = known.get(key);
      if (before?.mark === mark && before.stamp === (await stampOf(before.slot.path))) return before.slot;
      const slot = await findKept(folder, { root, key, mark });
      known.delete(key);
      if (slot !== undefined) known.set(key, { mark, slot, stamp: await stampOf(slot.path) });
      return slot;
    },
    async keep(key, mark, shape, write) {
      const written = await writeKept(folder, { root, key, mark }, shape, write);
      if (written === undefined) return;
      const { slot, bytes } = written;
      known.set(key, { mark, slot, stamp: await stampOf(slot.path) });
      await kept.added(slot.path, bytes);
    },
    used: (keys) => kept.used(keys.flatMap((key) => known.get(key)?.slot.path ?? [])),
    async drop(key, path) {
      if (known.get(key)?.slot.path !== path) return false;
      known.delete(key);
      await kept.remove(path);
      return true;
    },
  };
}

async function stampOf(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  return found === undefined ? 'gone' : `${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
}
