import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const VARIABLE = 'FLOWLOG_TESTS_FOLDER';

/** Makes the folder of a whole run of tests before it, and takes it away after: vitest calls it. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-tests-'));
  process.env[VARIABLE] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A new folder that lasts as long as the run: files of tests share what is dear to make. */
export function sharedFolder(): Promise<string> {
  return mkdtemp(join(process.env[VARIABLE] ?? tmpdir(), 'shared-'));
}
