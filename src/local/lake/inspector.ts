import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LakeObject } from '../../core/ports/scan.ts';
import { inspectText } from './inspect-text.ts';
import type { Inspection } from './shape.ts';

/** Looks into files, once per change. */
export type Inspect = (object: LakeObject, signal: AbortSignal) => Promise<Inspection>;

/** What looking into files needs. */
export interface InspectorParts {
  readonly root: string;
  readonly now: () => Date;
  /** Looks into a Parquet file; DuckDB knows how. */
  readonly inspectParquet: (path: string, modifiedMs: number) => Promise<Inspection>;
}

/** A year of five-minute files of one flow log; what is forgotten is looked at again. */
const MOST_REMEMBERED = 105_000;

/** Builds an inspector that remembers what it saw of each file until its size or its time of change differ. */
export function createInspector({ root, now, inspectParquet }: InspectorParts): Inspect {
  const seen = new Map<string, { readonly mark: string; readonly inspection: Inspection }>();

  async function look(path: string, modifiedMs: number, signal: AbortSignal): Promise<Inspection> {
    return path.endsWith('.parquet') ? inspectParquet(path, modifiedMs) : inspectText(path, now(), signal);
  }

  return async ({ key }, signal) => {
    const path = join(root, key);
    const { size, mtimeMs } = await stat(path);
    const mark = `${size} ${mtimeMs}`;
    const before = seen.get(key);
    if (before?.mark === mark) return before.inspection;
    const inspection = await look(path, mtimeMs, signal);
    // A file that is still being written may be whole at the next look without another change.
    if ('shape' in inspection) seen.set(key, { mark, inspection });
    if (seen.size > MOST_REMEMBERED) seen.clear();
    return inspection;
  };
}
