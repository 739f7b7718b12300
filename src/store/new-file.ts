import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdtempSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes a file that only its user can read, whole or not at all: it is filled under another name first.
 * @returns false where another process has given a file that name meanwhile, which stays.
 */
export async function writeNewFile(path: string, fill: (file: string) => Promise<void>): Promise<boolean> {
  const folder = mkdtempSync(`${path}.new-`);
  try {
    const file = join(folder, 'state.db');
    closeSync(openSync(file, 'wx', 0o600));
    await fill(file);
    sync(file);
    const isFirst = rename(file, path);
    sync(dirname(path));
    return isFirst;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sync(path: string): void {
  const opened = openSync(path, 'r');
  fsyncSync(opened);
  closeSync(opened);
}

/** Gives a file a name that no other one has. */
function rename(file: string, path: string): boolean {
  try {
    linkSync(file, path);
    return true;
  } catch {
    // It is there, or the file system has no links.
    if (existsSync(path)) return false;
    renameSync(file, path);
    return true;
  }
}
