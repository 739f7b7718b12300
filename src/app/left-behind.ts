import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isGone } from './open-store.ts';
import { PROCESS_NAME } from './this-process.ts';

/** Removes from a folder what processes that have ended left there: all there begins with the name of a process. */
export async function removeLeftBehind(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isLeftBehind))
    await rm(join(folder, name), { recursive: true, force: true });
}

function isLeftBehind(name: string): boolean {
  const [pid = ''] = name.split('-');
  if (Number(pid) === process.pid) return !name.startsWith(PROCESS_NAME);
  return isGone(`${hostname()} ${pid}`);
}
