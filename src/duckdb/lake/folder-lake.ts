import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import pLimit from 'p-limit';
import { type Lake, lakeOver, markOf, type OpenedFolder, type OpenFolder } from '../../core/lake/lake.ts';

/** The part of a folder that is the lake. */
export interface FolderLakeOptions {
  /** A path in it, without a slash at the end. */
  readonly under?: string;
  /** Whether a file is of the lake, by its name. */
  readonly holds?: (name: string) => boolean;
}

/**
 * A lake in a folder on disk, in any of AWS's layouts: day, hour, Hive, with a prefix, several accounts and regions; or a
 * part of such a folder.
 */
export function createFolderLake(
  root: string,
  { under = '', holds = () => true }: FolderLakeOptions = {},
): Lake {
  const opening = new Map<string, Promise<OpenedFolder | undefined>>();

  async function list(path: string): Promise<OpenedFolder | undefined> {
    const opened = await openFolder(root, path).catch(() => undefined);
    if (opened === undefined) return undefined;
    return { ...opened, files: opened.files.filter((name) => holds(name)) };
  }

  // What a window needs and what is stored at all are asked for together, through the same folders.
  const open: OpenFolder = (path) => {
    const opened = opening.get(path) ?? list(path).finally(() => opening.delete(path));
    opening.set(path, opened);
    return opened;
  };
  return lakeOver(open, under);
}

/** The system has four threads for them; to hand over thousands at once would block the event loop. */
const LOOKS_AT_ONCE = 16;

/**
 * Lists a folder; its files are everything that is no folder, links and pipes too: the inspector refuses those with
 * their kind. Names that begin with a dot are being written, or are the system's own, and stay out; links into
 * the lake itself stay out too, because what they lead to is read where it is, and would be counted twice.
 */
export async function openFolder(root: string, path: string): Promise<OpenedFolder> {
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const shown = entries.filter(({ name }) => !name.startsWith('.'));
  const kinds = await Promise.all(shown.map((entry) => kindOf(root, path, entry)));
  const named = (kind: Kind) =>
    shown.flatMap(({ name }, index) => (kinds[index] === kind ? [name] : [])).toSorted();
  const limit = pLimit(LOOKS_AT_ONCE);
  return {
    files: named('file'),
    folders: named('folder'),
    lookAt: (name) => limit(() => lookAt(join(root, path, name))),
  };
}

/**
 * A file that went away since its folder was listed still counts as listed: looking into it says so, and also what else is
 * there than a file, which has no mark.
 */
async function lookAt(path: string) {
  try {
    const stats = await lstat(path);
    return { bytes: stats.size, ...(stats.isFile() && { mark: markOf(stats.size, stats.mtimeMs) }) };
  } catch {
    return { bytes: 0 };
  }
}

type Kind = 'file' | 'folder' | 'within the lake';

/** A promise for a link alone: most folders have hundreds of files and none. */
function kindOf(root: string, path: string, entry: Dirent): Kind | Promise<Kind> {
  if (entry.isSymbolicLink()) return kindOfLink(root, join(path, entry.name));
  return entry.isDirectory() ? 'folder' : 'file';
}

async function kindOfLink(root: string, path: string): Promise<Kind> {
  try {
    const [target, lake] = await Promise.all([realpath(join(root, path)), realpath(root)]);
    return isWithin(target, lake) || isWithin(lake, target) ? 'within the lake' : 'file';
  } catch {
    return 'file';
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
