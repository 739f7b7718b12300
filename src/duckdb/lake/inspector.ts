import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { markOf } from '../../core/lake/lake.ts';
import type { LakeObject } from '../../core/lake/scan.ts';
import { codeOf, reasonFor } from './read-text.ts';
import type { Inspection, Shape, Unreadable } from './shape.ts';
import type { InspectTextFile } from './text-threads.ts';

/** A file that was inspected: one that can be read has a mark, which differs once it has changed. */
export type InspectedFile = { readonly shape: Shape; readonly mark: string } | Unreadable;

/** Inspects files, once per change: one that was just listed with its mark, or any by what is there now. */
export type Inspect = (
  object: Pick<LakeObject, 'key' | 'mark'>,
  signal: AbortSignal,
) => Promise<InspectedFile>;

export interface InspectorParts {
  readonly root: string;
  readonly now: () => Date;
  readonly inspectText: InspectTextFile;
  /** How a file held its records when it was kept with this mark; left out where nothing is kept. */
  readonly kept?: ((key: string, mark: string) => Promise<Shape | undefined>) | undefined;
  /** Inspects a Parquet file with DuckDB. */
  readonly inspectParquet: (path: string, signal: AbortSignal) => Promise<Inspection>;
}

/** What is known of a file. */
interface Known {
  readonly mark: string;
  readonly inspection: Inspection;
}

/** A year of five-minute files of one flow log; what is evicted is inspected again. */
const MOST_FILES = 105_000;

/** A file changed this lately may still be on its way to disk. */
const STILL_WRITTEN_MS = 120_000;

/** Builds an inspector that caches the inspection of each file until its size or its time of change differ. */
export function createInspector(parts: InspectorParts): Inspect {
  const { root, now, inspectText, kept, inspectParquet } = parts;
  const cache = new LRUCache<string, Known>({
    // With `max` the cache would make room for all of them at once, however few a folder has.
    maxSize: MOST_FILES,
    sizeCalculation: () => 1,
  });

  async function inspect(path: string, { size, mtimeMs }: Stats, signal: AbortSignal): Promise<Inspection> {
    const young = now().getTime() - mtimeMs < STILL_WRITTEN_MS;
    const inspection = await (path.endsWith('.parquet')
      ? inspectParquet(path, signal)
      : inspectText(path, size, signal));
    // A young file that is not whole is most likely on its way, whatever its end looks like.
    return young && 'unfinished' in inspection ? { reason: 'is still being written' } : inspection;
  }

  return async ({ key, mark: listed }, signal) => {
    const known = cache.get(key);
    if (known !== undefined && known.mark === listed) return marked(known.inspection, listed);
    const path = join(root, key);
    const stats = await lstat(path).catch((error: unknown) => codeOf(error));
    if (typeof stats === 'string') return { reason: reasonFor(stats) };
    if (stats.isSymbolicLink()) return { reason: 'is a link out of the folder, which is not followed' };
    if (stats.isDirectory()) return { reason: 'is a folder that may not be opened' };
    if (!stats.isFile()) return { reason: 'is not a file' };
    const mark = markOf(stats.size, stats.mtimeMs);
    if (known?.mark === mark) return marked(known.inspection, mark);
    const shape = await kept?.(key, mark);
    const inspection = shape === undefined ? await inspect(path, stats, signal) : { shape };
    // A file that is still being written may be whole at the next inspection without another change.
    if ('shape' in inspection || inspection.final) cache.set(key, { mark, inspection });
    return marked(inspection, mark);
  };
}

function marked(inspection: Inspection, mark: string): InspectedFile {
  return 'shape' in inspection ? { ...inspection, mark } : inspection;
}
