import type { Stats } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { markOf } from '../../core/lake/lake.ts';
import type { LakeObject } from '../../core/lake/scan.ts';
import type { InflatedTexts } from '../kept/inflated-texts.ts';
import type { LookIntoText } from './glance-text.ts';
import { codeOf, reasonFor } from './read-text.ts';
import type { Inspection, Shape, Unreadable } from './shape.ts';

/** A file that was inspected: one that can be read has a mark, which differs once it has changed. */
export type InspectedFile =
  | {
      readonly shape: Shape;
      readonly mark: string;
      /** Where its text is, if it was inflated and is still there. */
      readonly text?: string | undefined;
    }
  | Unreadable;

/** How a file is to be inspected. */
export interface HowToInspect {
  /** Whether its lines are to be counted, where a glance could be enough. */
  readonly isCounted?: boolean;
}

/** Inspects files, once per change: one that was just listed with its mark, or any by what is there now. */
export type Inspect = (
  object: Pick<LakeObject, 'key' | 'mark'>,
  signal: AbortSignal,
  how?: HowToInspect,
) => Promise<InspectedFile>;

export interface InspectorParts {
  readonly root: string;
  readonly now: () => Date;
  readonly lookIntoText: LookIntoText;
  /** Where texts of gzip files are until they are kept; left out where none is. */
  readonly inflated?: InflatedTexts | undefined;
  /** How a file held its records when it was kept with this mark; left out where nothing is kept. */
  readonly kept?: ((key: string, mark: string) => Promise<Shape | undefined>) | undefined;
  /** Inspects a Parquet file with DuckDB. */
  readonly inspectParquet: (path: string, signal: AbortSignal) => Promise<Inspection>;
}

/** What is known of a file. */
interface Known {
  readonly mark: string;
  readonly inspection: Inspection;
  readonly text?: string | undefined;
}

/** A year of five-minute files of one flow log; what is evicted is inspected again. */
const MOST_FILES = 105_000;

/** A file changed this lately may still be on its way to disk. */
const STILL_WRITTEN_MS = 120_000;

/** Builds an inspector that caches the inspection of each file until its size or its time of change differ. */
export function createInspector(parts: InspectorParts): Inspect {
  const { root, now, lookIntoText, inflated, kept, inspectParquet } = parts;
  const cache = new LRUCache<string, Known>({
    // With `max` the cache would make room for all of them at once, however few a folder has.
    maxSize: MOST_FILES,
    sizeCalculation: () => 1,
  });

  async function inspect(
    path: string,
    { size, mtimeMs }: Stats,
    signal: AbortSignal,
    text?: string,
  ): Promise<Inspection> {
    const young = now().getTime() - mtimeMs < STILL_WRITTEN_MS;
    const inspection = await (path.endsWith('.parquet')
      ? inspectParquet(path, signal)
      : lookIntoText(path, size, signal, text));
    // A young file that is not whole is most likely on its way, whatever its end looks like.
    return young && 'unfinished' in inspection ? { reason: 'is still being written' } : inspection;
  }

  /** At a file that may be inflated a glance is enough. */
  async function look(key: string, mark: string, stats: Stats, signal: AbortSignal): Promise<Known> {
    const path = join(root, key);
    const text = key.endsWith('.gz') ? await inflated?.place(key, mark, stats.size) : undefined;
    if (text === undefined) return { mark, inspection: await inspect(path, stats, signal) };
    try {
      return { mark, inspection: await inspect(path, stats, signal, text), text };
    } finally {
      await inflated?.took(text);
    }
  }

  async function lookAnew(
    key: string,
    mark: string,
    stats: Stats,
    signal: AbortSignal,
    isCounted: boolean,
  ): Promise<Known> {
    const shape = await kept?.(key, mark);
    if (shape !== undefined) return { mark, inspection: { shape } };
    if (!isCounted) return look(key, mark, stats, signal);
    return { mark, inspection: await inspect(join(root, key), stats, signal) };
  }

  function marked({ inspection, mark, text }: Known): InspectedFile {
    if (!('shape' in inspection)) return inspection;
    const isThere = text !== undefined && inflated?.has(text) === true;
    return { ...inspection, mark, ...(isThere && { text }) };
  }

  return async ({ key, mark: listed }, signal, { isCounted = false } = {}) => {
    const known = cache.get(key);
    const isEnough = known !== undefined && !(isCounted && isGlanced(known));
    if (isEnough && known.mark === listed) return marked(known);
    const path = join(root, key);
    const stats = await lstat(path).catch((error: unknown) => codeOf(error));
    if (typeof stats === 'string') return { reason: reasonFor(stats) };
    if (stats.isSymbolicLink()) return { reason: 'is a link out of the folder, which is not followed' };
    if (stats.isDirectory()) return { reason: 'is a folder that may not be opened' };
    if (!stats.isFile()) return { reason: 'is not a file' };
    const mark = markOf(stats.size, stats.mtimeMs);
    if (isEnough && known.mark === mark) return marked(known);
    const found = await lookAnew(key, mark, stats, signal, isCounted);
    // A file that is still being written may be whole at the next inspection without another change.
    if ('shape' in found.inspection || found.inspection.final) cache.set(key, found);
    return marked(found);
  };
}

function isGlanced({ inspection }: Known): boolean {
  return 'shape' in inspection && inspection.shape.isGlanced === true;
}
