import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { LakeObject } from '../../core/lake/scan.ts';
import { plural } from '../../core/wording.ts';
import { interruptible } from '../interruptible.ts';
import type { Inspect } from '../lake/inspector.ts';
import type { LakeFiles } from '../lake/lake-files.ts';
import { literal } from '../literal.ts';
import type { Duckdb } from '../open-duckdb.ts';
import { type ReadableFile, recordsOfText } from '../relation.ts';
import type { InflatedTexts } from './inflated-texts.ts';
import type { KeptSlots } from './kept-slots.ts';

export interface KeptFilesParts {
  /** The lake. */
  readonly root: string;
  readonly inspect: Inspect;
  readonly slots: KeptSlots;
  readonly inflated: InflatedTexts;
  readonly duckdb: Duckdb;
  /** Whether a question is answered: keeping waits for it. */
  readonly isBusy: () => boolean;
  /** Waits without keeping the process from ending. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Aborted when nothing more is to be kept. */
  readonly closing: AbortSignal;
  /** Whether a file is not looked for where it is when it is kept as it was listed: it need not be here. */
  readonly isElsewhere?: boolean;
}

/** While a question is answered keeping looks so often whether it still is. */
const BUSY_MS = 100;
/** A file that could not be kept, as on a disk that is full, is not tried again for so long. */
const FAULT_MS = 600_000;
const MOST_FAULTS = 10_000;

/** Files of which what was read is kept. */
export interface KeptFiles extends LakeFiles {
  /** @throws Error where files could not be kept since it was called last: how many, and why the last of them could not. */
  checkKept(): void;
}

/**
 * The files of a lake, of which text is kept as Parquet once it was read: the first question is answered from the files
 * themselves, and those after it from what is kept. Files of Parquet are read where they are; those that are elsewhere are kept
 * as they are.
 */
export function createKeptFiles(origin: LakeFiles, parts: KeptFilesParts): KeptFiles {
  const { root, inspect, slots, inflated, duckdb, isBusy, pause, closing, isElsewhere = false } = parts;
  const wanted = new Map<string, LakeObject>();
  let keeping: Promise<void> | undefined;
  let failed: { readonly files: number; readonly cause?: unknown } = { files: 0 };
  const faults = new LRUCache<string, true>({ max: MOST_FAULTS, ttl: FAULT_MS });

  async function keep(object: LakeObject): Promise<void> {
    const glanced = await inspect({ key: object.key }, closing);
    const text = 'shape' in glanced ? glanced.text : undefined;
    try {
      await keepFrom(text ?? join(root, object.key), object);
    } finally {
      // A question that still reads it finds the file itself.
      if (text !== undefined) await inflated.remove(text);
    }
  }

  async function keepFrom(path: string, object: LakeObject): Promise<void> {
    const inspected = await inspect({ key: object.key }, closing, { isCounted: true });
    if (!('shape' in inspected) || (inspected.shape.format !== 'text' && !isElsewhere)) return;
    const { shape, mark } = inspected;
    if ((await slots.find(object.key, mark)) !== undefined) return;
    const write = shape.format === 'text' ? writeText : copyParquet;
    await slots.keep(object.key, mark, shape, (aside) => write({ path, shape }, aside));
  }

  function writeText(origin: ReadableFile, path: string): Promise<number> {
    const copy = `COPY (${recordsOfText(origin)}) TO ${literal(path)} (FORMAT parquet, COMPRESSION lz4_raw, PARQUET_VERSION v2)`;
    return interruptible(duckdb, closing, async (connection) => (await connection.run(copy)).rowsChanged);
  }

  /** What was read from what is kept is kept already. */
  function isToKeep({ object, path, shape }: Parameters<LakeFiles['wereRead']>[0][number]): boolean {
    return shape.format === 'text' || (isElsewhere && path === join(root, object.key));
  }

  async function keepAll(): Promise<void> {
    for (const [key, object] of wanted) {
      while (isBusy() && !closing.aborted) await pause(BUSY_MS);
      if (closing.aborted) break;
      wanted.delete(key);
      try {
        await keep(object);
      } catch (error) {
        // What is not kept is read from where it is, as before; one odd file keeps no other from being kept.
        faults.set(key, true);
        if (!closing.aborted) failed = { files: failed.files + 1, cause: error };
      }
      await pause(0);
    }
    keeping = undefined;
  }

  function want(objects: readonly LakeObject[]): void {
    for (const object of objects) if (!faults.has(object.key)) wanted.set(object.key, object);
    if (wanted.size > 0 && keeping === undefined) keeping = keepAll();
  }

  return {
    async find(object, signal) {
      const { key, mark } = object;
      if (isElsewhere && mark !== undefined) {
        const slot = await slots.find(key, mark);
        if (slot !== undefined) return { path: slot.path, shape: slot.keptShape, mark };
      }
      const found = await origin.find(object, signal);
      if (!('shape' in found) || found.shape.format !== 'text') return found;
      const slot = await slots.find(object.key, found.mark);
      return slot === undefined ? found : { path: slot.path, shape: slot.keptShape, mark: found.mark };
    },
    findOrigin: origin.findOrigin,
    findCounted: origin.findCounted,
    landed: want,
    wereRead(files) {
      void slots.used(files.map(({ object }) => object.key));
      want(files.flatMap((file) => (isToKeep(file) ? [file.object] : [])));
    },
    couldNotRead: ({ object, path }) => slots.drop(object.key, path),
    async settled() {
      await keeping;
    },
    checkKept() {
      const { files, cause } = failed;
      failed = { files: 0 };
      if (files > 0) throw new Error(notKept(files, cause), { cause });
    },
  };
}

function notKept(files: number, cause: unknown): string {
  const why = cause instanceof Error ? cause.message : String(cause);
  return `${plural(files, 'file')} could not be kept, and will be read anew by each question for ten minutes at least: ${why}`;
}

async function copyParquet({ path, shape: { records = 0 } }: ReadableFile, to: string): Promise<number> {
  await copyFile(path, to);
  return records;
}
