import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { BrokenFetchError } from '../aws/lake/fetch-object.ts';
import type { Fetch } from '../aws/open-aws.ts';
import { createInsightsEngine } from '../core/answer/ask-insights.ts';
import { CloudError } from '../core/lake/cloud.ts';
import { isMadeOfEvents } from '../core/lake/log-group-files.ts';
import type { ReadAddresses, ReadEvents } from '../core/lake/read-events.ts';
import { createDirectEngine, type DirectEngine } from '../duckdb/direct-engine.ts';
import { createGroupSlots } from '../duckdb/kept/group-slots.ts';
import { LOG_GROUPS } from '../duckdb/kept/kept-folder.ts';
import { type LocalOptions, openFolderEngine } from './open-local.ts';
import { isGone } from './open-store.ts';

/** What answers from files of buckets without Athena. */
export interface Direct extends DirectEngine {
  readonly readEvents: ReadEvents;
  readonly readAddresses: ReadAddresses;
  close(): void;
}

/**
 * Opens the embedded engine over files that are fetched from S3 and CloudWatch Logs when a question needs them. Meanwhile they are in a folder of
 * this process under `fetchedFolder`; what processes that were killed have left there is removed.
 */
export async function openDirect(
  options: Omit<LocalOptions, 'lakeFolder'> & { readonly fetchedFolder: string },
  fetch: Fetch,
): Promise<Direct> {
  const folder = join(options.fetchedFolder, String(process.pid));
  await removeLeft(options.fetchedFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { engine, slots, kept, close } = await openFolderEngine({
    ...options,
    lakeFolder: folder,
    origin: 's3:',
  });
  const ofGroups = {
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
    fetch: ({ from, ...object }, path, signal) => {
      if (from === undefined) throw new Error(`nothing says where ${object.key} is`);
      const { events } = from;
      // All events of the slot would be fetched, and only those of some addresses were asked for.
      if (events?.addresses !== undefined) throw new BrokenFetchError(`${object.key} is not kept any more`);
      return events === undefined
        ? fetch.object(object, from, path, signal)
        : slotsOfGroups.fetch(object, { ...from, events }, signal);
    },
    reasonFor,
  });
  const insights = fetch.insights({
    ...ofGroups,
    isHere: async (object) => (await direct.toFetch([object], 0)).files === 0,
  });
  return {
    toFetch: direct.toFetch,
    engine: createInsightsEngine(direct.engine, { ask: insights.ask, elapsedMs: options.elapsedMs }),
    readEvents: slotsOfGroups.read,
    readAddresses: insights.read,
    close,
  };
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
