import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes a file so that a reader sees all of it or none: under a hidden name first, which no reader of a lake lists. */
export async function writeWhole(file: string, content: Uint8Array | string): Promise<void> {
  const folder = path.dirname(file);
  // Two processes may fill the same folder; the process id keeps them from renaming each other's half.
  const hidden = path.join(folder, `.${path.basename(file)}.${process.pid}`);
  await mkdir(folder, { recursive: true });
  await writeFile(hidden, content);
  await rename(hidden, file);
}

/** Writes a value as JSON that a person can read. */
export function writeJson(file: string, value: unknown): Promise<void> {
  return writeWhole(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Reads a file of JSON; undefined for one that is missing or damaged. */
export async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return '';
  });
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
