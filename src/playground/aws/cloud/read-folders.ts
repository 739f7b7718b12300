import { join } from 'node:path';
import type { ReadSources } from '../../../core/lake/cloud-sources.ts';
import type { Lake } from '../../../core/lake/lake.ts';
import { type LogSource, nameWithResource, sourceRoot } from '../../../core/lake/log-source.ts';
import { commonExtent } from '../../../core/lake/read-tables.ts';
import { isOfFlowLog } from '../../../core/lake/whose-files.ts';
import { stretchOf } from '../../../core/time/window.ts';
import { createFolderLake } from '../../../duckdb/lake/folder-lake.ts';
import type { Inspect } from '../../../duckdb/lake/inspector.ts';
import { scanOf } from '../../../duckdb/lake/scan-of.ts';
import { bucketFolder } from './sample-buckets.ts';

/** The files of a source of the sample, and of no other one under the same prefix, with their keys in the bucket. */
export function lakeOfSource(folder: string, source: LogSource): Lake {
  const under = sourceRoot(source).replace(/\/$/, '');
  return createFolderLake(join(folder, bucketFolder(source.files.bucket)), {
    under,
    holds: (name) => isOfFlowLog(name, source),
  });
}

/** Reads the flow logs of the sample from their folders: one relation over the files of all of them. */
export function createReadFolders(folder: string, inspect: Inspect): ReadSources {
  return async ({ sources }, { window }, signal) => {
    const stretch = stretchOf(window);
    const listed = await Promise.all(
      sources.map(async (source) => {
        const lake = lakeOfSource(folder, source);
        const inBucket = bucketFolder(source.files.bucket);
        const [objects, extent] = await Promise.all([lake.during(stretch, signal), lake.extent(signal)]);
        return { objects: objects.map((object) => ({ ...object, key: join(inBucket, object.key) })), extent };
      }),
    );
    const extent = commonExtent(listed.map((each) => each.extent));
    const objects = listed.flatMap((each) => each.objects);
    const name = sources.map(nameWithResource).join(' and ');
    return scanOf({ name, objects, extent, stretch, scope: {} }, inspect, signal);
  };
}
