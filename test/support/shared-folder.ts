import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'FLOWLOG_TESTS_FOLDER';

/** Where Linux keeps files in memory: tests write tens of thousands of small files, a fifth of their time on a disk. */
const IN_MEMORY = '/dev/shm';
/** Ten times what a whole run leaves there. */
const ENOUGH_BYTES = 1_024 ** 3;

/**
 * Makes the folder of a whole run of tests before it, and takes it away after: vitest calls it. The temporary folders
 * of all tests are in it.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(hasRoom(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'flowlog-tests-'));
  process.env[VARIABLE] = folder;
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

/** A new folder that lasts as long as the run: files of tests share what is dear to make. */
export function sharedFolder(): Promise<string> {
  return mkdtemp(join(process.env[VARIABLE] ?? tmpdir(), 'shared-'));
}
