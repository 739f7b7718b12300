import { join } from 'node:path';
import type { LakeObject } from '../../core/lake/scan.ts';
import type { HowToInspect, Inspect, InspectedFile } from './inspector.ts';
import type { Shape, Unreadable } from './shape.ts';

/** A file as DuckDB reads it. */
interface LakeFile {
  /** Absolute. */
  readonly path: string;
  /** How it holds its records. */
  readonly shape: Shape;
  /** Size and time of change of the file of the lake. */
  readonly mark: string;
}

/** A file that a question has read. */
interface ReadLakeFile extends Pick<LakeFile, 'path' | 'shape'> {
  readonly object: LakeObject;
}

/** Where a file is and how it holds its records, or why it cannot be read. */
type FindFile = (object: LakeObject, signal: AbortSignal) => Promise<LakeFile | Unreadable>;

/**
 * Finds the files of a lake on this machine, for the engine. Files that are fetched from elsewhere, or kept in another
 * form, are another implementation of it: the engine does not know where a file comes from.
 */
export interface LakeFiles {
  readonly find: FindFile;
  /** The same for the file itself, and not for what is kept of it. */
  readonly findOrigin: FindFile;
  /** The same for the file itself, of which each line was looked at. */
  readonly findCounted: FindFile;
  /** Takes files that landed, and that questions are likely to read. */
  landed(objects: readonly LakeObject[]): void;
  /** Takes which files were read for an answer. */
  wereRead(files: readonly ReadLakeFile[]): void;
  /** Takes a file that could not be read; whether it is worth finding it again. */
  couldNotRead(file: ReadLakeFile): Promise<boolean>;
  /** Ends when nothing is worked on any more that was read before. */
  settled(): Promise<void>;
}

/** The files of a folder, each read where it is. It is looked at again, because it may have changed or gone since it was listed. */
export function createFolderFiles(root: string, inspect: Inspect): LakeFiles {
  async function found(
    object: LakeObject,
    signal: AbortSignal,
    how: HowToInspect,
  ): Promise<LakeFile | Unreadable> {
    const inspected: InspectedFile = await inspect({ key: object.key }, signal, how);
    if (!('shape' in inspected)) return inspected;
    const { shape, mark, text } = inspected;
    return { path: text ?? join(root, object.key), shape, mark };
  }
  const find: FindFile = (object, signal) => found(object, signal, {});
  return {
    find,
    findOrigin: find,
    findCounted: (object, signal) => found(object, signal, { isCounted: true }),
    landed: () => {},
    wereRead: () => {},
    couldNotRead: async () => false,
    settled: async () => {},
  };
}
