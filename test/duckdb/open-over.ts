import type { OpenEngine, Written } from '../contract/engine.ts';
import { collected } from '../support/collected.ts';
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
  return { engine, scan: await scan(...EVER) };
}

const EVER = [new Date('2000-01-01T00:00:00Z'), new Date('2039-01-01T00:00:00Z')] as const;

/** The same over what is kept: all files were read before. */
export async function openOverKept(written: readonly Written[]): Promise<OpenEngine> {
  const folder = await tempFolder();
  for (const { records, options } of written) await writeLake(folder, records, options);
  const kept = { folder: await tempFolder('kept'), mostBytes: 1_000_000_000 };
  const lake = await openLocalLake(folder, { kept });
  const scan = await lake.scan(...EVER);
  await collected(
    lake.engine,
    { text: 'SELECT 1', bound: [], scan: { ...scan, tables: [] } },
    new AbortController().signal,
  );
  await lake.kept();
  return { engine: lake.engine, scan };
}
