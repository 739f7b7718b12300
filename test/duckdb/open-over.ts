import type { OpenEngine, Written } from '../contract/engine.ts';
import { type LocalLakeOptions, openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { type LakeOptions, writeLake } from '../support/write-lake.ts';

/** Writes records into a folder and opens DuckDB over it, with the scan of all files. */
export async function openOver(
  written: readonly Written[],
  usual: LakeOptions = {},
  options: LocalLakeOptions = {},
): Promise<OpenEngine> {
  const folder = await tempFolder();
  for (const { records, options: own } of written) await writeLake(folder, records, { ...usual, ...own });
  const { engine, scan } = await openLocalLake(folder, options);
  return { engine, scan: await scan(new Date('2000-01-01T00:00:00Z'), new Date('2039-01-01T00:00:00Z')) };
}
