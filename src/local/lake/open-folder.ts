import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What is directly in a folder of a lake, each in the order of names. */
export interface OpenFolder {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** Lists a folder. Names that begin with a dot are being written, or are the system's own, and stay out. */
export async function openFolder(root: string, path: string): Promise<OpenFolder> {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  return {
    files: shown.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])).toSorted(),
    folders: shown.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted(),
  };
}
