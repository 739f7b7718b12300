import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BrokenFetchError } from '../aws/lake/fetch-object.ts';
import type { Fetch } from '../aws/open-aws.ts';
import { createInsightsEngine } from '../core/answer/ask-insights.ts';
import { CloudError } from '../core/lake/cloud.ts';
import { isMadeOfEvents } from '../core/lake/log-group-files.ts';
import type { ReadAddresses, ReadEvents } from '../core/lake/read-events.ts';
import type { BucketOfSite, ScannedObject } from '../core/lake/scan.ts';
import { createDirectEngine, type DirectEngine, pathOf } from '../duckdb/direct-engine.ts';
import { createGroupSlots } from '../duckdb/kept/group-slots.ts';
import { LOG_GROUPS } from '../duckdb/kept/kept-folder.ts';
import { createParquetSamples } from '../duckdb/parquet-samples.ts';
import { removeLeftBehind } from './left-behind.ts';
import { type LocalOptions, openFolderEngine } from './open-local.ts';
import { PROCESS_NAME } from './this-process.ts';

/** What answers from files of buckets without Athena. */
export interface Direct extends DirectEngine {
  readonly readEvents: ReadEvents;
  readonly readAddresses: ReadAddresses;
  readonly samplesOf: ReturnType<typeof createParquetSamples>;
  /** @throws Error where files could not be kept since it was called last. */
  checkKept(): void;
  close(): void;
}

/** Hidden: no lake has a bucket of this name. */
const FOOTERS = '.footers';

/**
 * Opens the embedded engine over files that are fetched from S3 and CloudWatch Logs when a question needs them. Meanwhile they are in a folder of
 * this process under `fetchedFolder`; what processes that were killed have left there is removed.
 */
export async function openDirect(
  options: Omit<LocalOptions, 'lakeFolder'> & { readonly fetchedFolder: string },
  fetch: Fetch,
): Promise<Direct> {
  const folder = join(options.fetchedFolder, PROCESS_NAME);
  await removeLeftBehind(options.fetchedFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { engine, duckdb, slots, kept, checkKept, close } = await openFolderEngine({
    ...options,
    lakeFolder: folder,
    origin: 's3:',
  });
  const ofGroups = {
    isHere: async (object: ScannedObject) => (await direct.toFetch([object], 0)).files === 0,
    pathOf: (bucket: string, key: string) => join(folder, bucket, key),
    known: createGroupSlots(options.kept && join(options.kept.folder, LOG_GROUPS), options.newId),
  };
  const slotsOfGroups = fetch.slots(ofGroups);
  const direct = createDirectEngine({
    engine,
    folder,
    isKept: async (path, mark) => (await slots?.find(path, mark)) !== undefined,
    settled: kept,
    isHeld: isMadeOfEvents,
    now: options.now,
    async fetch(object, path, signal) {
      const { events, ...from } = placeOf(object);
      // All events of the slot would be fetched, and only those of some addresses were asked for.
      if (events?.addresses !== undefined) throw new BrokenFetchError(`${object.key} is not kept any more`);
      if (events === undefined) return fetch.object(object, from, path, signal);
      await slotsOfGroups.fetch(object, { ...from, events }, signal);
      return 0;
    },
    reasonFor,
  });
  const samplesOf = createParquetSamples({
    duckdb,
    folder: join(folder, FOOTERS),
    keptPath: async (object) => {
      const slot = object.mark && (await slots?.find(pathOf(object), object.mark));
      return slot && slot.shape.format === 'parquet' ? slot.path : undefined;
    },
    fetchEnd: (object, path, signal) => fetch.end(object, placeOf(object), path, signal),
  });
  const insights = fetch.insights(ofGroups);
  return {
    toFetch: direct.toFetch,
    engine: createInsightsEngine(direct.engine, { ask: insights.ask, elapsedMs: options.elapsedMs }),
    samplesOf,
    readEvents: slotsOfGroups.read,
    readAddresses: insights.read,
    checkKept,
    close,
  };
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
