import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BrokenFetchError, type FetchObject } from '../aws/lake/fetch-object.ts';
import { CloudError } from '../core/lake/cloud.ts';
import type { BucketOfSite, ScannedObject } from '../core/lake/scan.ts';
import { createDirectEngine, type DirectEngine, pathOf } from '../duckdb/direct-engine.ts';
import { createParquetSamples } from '../duckdb/parquet-samples.ts';
import { type LocalOptions, openFolderEngine } from './open-local.ts';
import { isGone } from './open-store.ts';

/** What answers from files of buckets without Athena. */
export interface Direct extends DirectEngine {
  readonly samplesOf: ReturnType<typeof createParquetSamples>;
  close(): void;
}

/** Hidden: no lake has a bucket of this name. */
const FOOTERS = '.footers';

/**
 * Opens the embedded engine over files that are fetched from S3 when a question needs them. Meanwhile they are in a folder of
 * this process under `fetchedFolder`; what processes that were killed have left there is removed.
 */
export async function openDirect(
  options: Omit<LocalOptions, 'lakeFolder'> & { readonly fetchedFolder: string },
  fetchObject: FetchObject,
  fetchEnd: FetchObject,
): Promise<Direct> {
  const folder = join(options.fetchedFolder, String(process.pid));
  await removeLeft(options.fetchedFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { engine, duckdb, slots, kept, close } = await openFolderEngine({
    ...options,
    lakeFolder: folder,
    origin: 's3:',
  });
  const direct = createDirectEngine({
    engine,
    folder,
    isKept: async (path, mark) => (await slots?.find(path, mark)) !== undefined,
    settled: kept,
    fetch: (object, path, signal) => fetchObject(object, placeOf(object), path, signal),
    reasonFor,
  });
  const samplesOf = createParquetSamples({
    duckdb,
    folder: join(folder, FOOTERS),
    keptPath: async (object) => {
      const slot = object.mark && (await slots?.find(pathOf(object), object.mark));
      return slot && slot.shape.format === 'parquet' ? slot.path : undefined;
    },
    fetchEnd: (object, path, signal) => fetchEnd(object, placeOf(object), path, signal),
  });
  return { ...direct, samplesOf, close };
}

function placeOf({ from, key }: ScannedObject): BucketOfSite {
  if (from === undefined) throw new Error(`nothing says where ${key} is`);
  return from;
}

/** What S3 denies, or a disk that is full, keeps all files away, and ends the question. */
function reasonFor(error: unknown): string | undefined {
  if (error instanceof CloudError && error.fault === 'NoSuchKey') return 'is not there any more';
  return error instanceof BrokenFetchError ? 'could not be fetched: ask again' : undefined;
}

async function removeLeft(folder: string): Promise<void> {
  const processes = await readdir(folder).catch(() => []);
  const left = processes.filter((id) => Number(id) === process.pid || isGone(`${hostname()} ${id}`));
  for (const id of left) await rm(join(folder, id), { recursive: true, force: true });
}
