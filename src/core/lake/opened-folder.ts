/** What is directly in a folder of a lake, each in the order of names. */
export interface OpenedFolder {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** The size of one of the files; asked for only of those that are needed, since on disk each costs a look. */
  bytesOf(file: string): number | Promise<number>;
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
