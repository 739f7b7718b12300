import { join } from 'node:path';
import type { LakeObject } from '../../core/lake/scan.ts';
import type { Inspect } from './inspector.ts';
import type { Shape, Unreadable } from './shape.ts';

/** A file as DuckDB reads it. */
interface LakeFile {
  /** Absolute. */
  readonly path: string;
  /** How it holds its records. */
  readonly shape: Shape;
}

/**
 * Finds the files of a lake on this machine, for the engine. Files that are fetched from elsewhere, or kept in another
 * form, are another implementation of it: the engine does not know where a file comes from.
 */
export interface LakeFiles {
  /** Where a file is and how it holds its records, or why it cannot be read. */
  find(object: LakeObject, signal: AbortSignal): Promise<LakeFile | Unreadable>;
}

/** The files of a folder, each read where it is. It is inspected again, because it may have changed or gone. */
export function createFolderFiles(root: string, inspect: Inspect): LakeFiles {
  return {
    async find(object, signal) {
      const inspection = await inspect(object, signal);
      return 'shape' in inspection ? { path: join(root, object.key), shape: inspection.shape } : inspection;
    },
  };
}
