import type { Dirent, Stats } from 'node:fs';
import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve, sep } from 'node:path';

/** The folder of what is kept of a lake, where no other one is configured. */
const KEPT = 'kept';

/** What flowlog itself writes into the folder, for folders that hold other things too. */
const OWN = /^(?:state\.db(?:-\w+)?|flowlog\.log|ip-ranges\.json|csv|kept|sample|spill|fetched)$/;
const OTHERS = 0o077;

/**
 * Makes the folder for what must survive a restart, and closes it to other people of this machine: it holds what was
 * asked, answered and planned. What was there before with wider modes is closed as well. In a place that is not flowlog's
 * alone, such as a home folder, only its own files are.
 * @returns what could not be closed, because it belongs to another user or to a file system without modes.
 */
export async function openStateFolder(folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await stat(folder);
  const isShared = isSharedPlace(resolve(folder), found);
  const entries = await readdir(folder, { withFileTypes: true });
  const kept = isShared ? entries.filter(({ name }) => OWN.test(name)) : entries;
  const open = isShared ? [] : await close(folder, found);
  return [...open, ...(await closeAll(folder, kept))];
}

/** Where files of a lake are kept; undefined where nothing is. */
export function keptFolder({
  cache,
  stateFolder,
}: {
  readonly cache?: string | undefined;
  readonly stateFolder: string;
}): string | undefined {
  return cache === 'off' ? undefined : (cache ?? join(stateFolder, KEPT));
}

/** Where files of buckets are while a question reads them. */
export function fetchedFolder({ stateFolder }: { readonly stateFolder: string }): string {
  return join(stateFolder, 'fetched');
}

/** Folders that every user may write to, or in which people keep other files. */
function isSharedPlace(path: string, { mode }: Stats): boolean {
  const isSticky = (mode & 0o1000) !== 0;
  const holds = (place: string) => place === path || place.startsWith(path.endsWith(sep) ? path : path + sep);
  return isSticky || holds(process.cwd()) || holds(homedir());
}

async function closeAll(folder: string, entries: readonly Dirent[]): Promise<readonly string[]> {
  const open: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    // A link may lead out of the folder.
    if (!entry.isDirectory() && !entry.isFile()) continue;
    const found = await stat(path).catch(() => undefined);
    // Another flowlog process has just removed it.
    if (found === undefined) continue;
    open.push(...(await close(path, found)));
    // There may be a hundred thousand files in it, which its own mode keeps from others.
    if (entry.isDirectory() && entry.name !== KEPT)
      open.push(...(await closeAll(path, await readdir(path, { withFileTypes: true }).catch(() => []))));
  }
  return open;
}

async function close(path: string, { mode }: Stats): Promise<readonly string[]> {
  if ((mode & OTHERS) === 0) return [];
  try {
    await chmod(path, mode & 0o7777 & ~OTHERS);
    return [];
  } catch {
    return [path];
  }
}
