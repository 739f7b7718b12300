import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SAMPLE_NETWORK } from '../network/network.ts';
import { LOG_ROOT } from './log-file.ts';

/** The keys of the files in a folder that the sample wrote, half-written ones among them. */
export async function ownFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(path.join(folder, LOG_ROOT), { recursive: true }).catch(noneIfMissing);
  return names
    .filter((name) => path.basename(name).includes(`_${SAMPLE_NETWORK.flowLogId}_`))
    .map((name) => path.posix.join(LOG_ROOT, ...name.split(path.sep)));
}

/** Removes what the sample wrote and nothing else. */
export async function removeOwnFiles(folder: string): Promise<void> {
  for (const key of await ownFiles(folder)) await rm(path.join(folder, key), { force: true });
}

function noneIfMissing(error: NodeJS.ErrnoException): readonly string[] {
  if (error.code !== 'ENOENT') throw error;
  return [];
}
