import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** What is directly in a folder of a lake, each in the order of names. */
export interface OpenFolder {
  /** Everything that is no folder, links and pipes too: whoever looks into them says what they are. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Lists a folder. Names that begin with a dot are being written, or are the system's own, and stay out; links into
 * the lake itself stay out too, because what they lead to is read where it is, and would be counted twice.
 */
export async function openFolder(root: string, path: string): Promise<OpenFolder> {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const kinds = await Promise.all(shown.map((entry) => kindOf(root, path, entry)));
  const named = (kind: Kind) =>
    shown.flatMap(({ name }, index) => (kinds[index] === kind ? [name] : [])).toSorted();
  return { files: named('file'), folders: named('folder') };
}

type Kind = 'file' | 'folder' | 'within the lake';

async function kindOf(root: string, path: string, entry: Dirent): Promise<Kind> {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? 'folder' : 'file';
  try {
    const [target, lake] = await Promise.all([realpath(join(root, path, entry.name)), realpath(root)]);
    return isWithin(target, lake) || isWithin(lake, target) ? 'within the lake' : 'file';
  } catch {
    return 'file';
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
