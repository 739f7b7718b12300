import { resolve } from 'node:path';
import type { Engine } from '../core/answer/engine.ts';
import type { Cloud } from '../core/lake/cloud.ts';
import { createCloudSources, type StoredRangeOf } from '../core/lake/cloud-sources.ts';
import type { Lake } from '../core/lake/lake.ts';
import type { S3Source } from '../core/lake/log-source.ts';
import { createSourceBook, type SourceBook } from '../core/lake/source-book.ts';
import type { Sources } from '../core/lake/sources.ts';
import { createDuckdbEngine } from '../duckdb/duckdb-engine.ts';
import { createParquetInspector } from '../duckdb/lake/inspect-parquet.ts';
import { createInspector } from '../duckdb/lake/inspector.ts';
import { createFolderFiles } from '../duckdb/lake/lake-files.ts';
import { createTextThreads } from '../duckdb/lake/text-threads.ts';
import { openDuckdb } from '../duckdb/open-duckdb.ts';
import { deliver } from '../playground/aws/cloud/deliver.ts';
import { createReadFolders, inFolder, lakeOfSource } from '../playground/aws/cloud/read-folders.ts';
import { createSampleCloud } from '../playground/aws/cloud/sample-cloud.ts';
import { createStateFile } from '../playground/aws/cloud/sample-state.ts';
import { createSampleLake, LAND_EVERY_MS } from '../playground/aws/sample-lake.ts';
import { eventLoopFirst } from './event-loop-first.ts';
import type { Job } from './job.ts';
import type { LocalOptions } from './open-local.ts';

/** The sample network with everything that can be done to it. */
export interface Sample {
  readonly sources: Sources;
  readonly engine: Engine;
  readonly cloud: Cloud;
  readonly book: SourceBook;
  readonly lakeOf: (source: S3Source) => Lake;
  readonly storedRangeOf: StoredRangeOf;
  /** Land files as time passes. */
  readonly jobs: readonly Job[];
  close(): void;
}

/** The same seed makes the same network for everybody who tries flowlog. */
export const SAMPLE_SEED = 20_241_214;
/** A flow log that was set up delivers within so long. */
const DELIVER_EVERY_MS = 2_000;

/** Fills the sample's folder and opens the embedded engine over it. */
export async function openSample(options: LocalOptions): Promise<Sample> {
  const folder = resolve(options.lakeFolder);
  const { now, newId, elapsedMs } = options;
  const lake = createSampleLake({ folder, now, seed: SAMPLE_SEED });
  await lake.prepare();
  const duckdb = await openDuckdb({ ...options, whenOpened: eventLoopFirst });
  const inspect = createInspector({
    root: folder,
    now,
    lookIntoText: createTextThreads(options.threads),
    inspectParquet: createParquetInspector(duckdb),
  });
  const state = createStateFile(folder);
  const cloud = createSampleCloud({ folder, state, now, newId });
  const book = createSourceBook({ cloud, configured: [], now });
  const storedRangeOf: StoredRangeOf = (source, signal) =>
    lakeOfSource(folder, inFolder(source)).storedRange(signal);
  return {
    cloud,
    book,
    sources: createCloudSources({
      cloud,
      book,
      read: createReadFolders(folder, inspect),
      storedRangeOf,
    }),
    engine: createDuckdbEngine({
      duckdb,
      lakeFiles: createFolderFiles(folder, inspect),
      elapsedMs,
      newId,
    }),
    lakeOf: (source) => lakeOfSource(folder, source),
    storedRangeOf,
    jobs: [
      {
        name: 'land files of the sample network',
        everyMs: LAND_EVERY_MS,
        run: async () => void (await lake.landDue()),
      },
      {
        name: 'deliver what was set up in the sample network',
        everyMs: DELIVER_EVERY_MS,
        run: () => deliver(folder, state, now()),
      },
    ],
    close: () => duckdb.closeSync(),
  };
}
