/** A file directly in a folder of a lake. */
export interface FolderFile {
  readonly name: string;
  readonly bytes: number;
}

/** What is directly in a folder of a lake, each in the order of names. */
export interface OpenedFolder {
  readonly files: readonly FolderFile[];
  readonly folders: readonly string[];
}

/**
 * Lists one folder of a lake; a path has `/` between its parts, and the lake itself is the empty one. Undefined when
 * there is a folder that cannot be opened, which the answer then names instead of passing over it.
 */
export type OpenFolder = (path: string, signal: AbortSignal) => Promise<OpenedFolder | undefined>;

/** The path of what is in a folder. */
export function within(path: string, name: string): string {
  return path === '' ? name : `${path}/${name}`;
}
