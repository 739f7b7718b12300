import { join } from 'node:path';
import type { ReadSources } from '../../../core/lake/cloud-sources.ts';
import type { Lake } from '../../../core/lake/lake.ts';
import { asFiles } from '../../../core/lake/log-group-files.ts';
import {
  type CloudSource,
  isOnS3,
  nameWithResource,
  type S3Source,
  sourceRoot,
} from '../../../core/lake/log-source.ts';
import { commonStoredRange } from '../../../core/lake/read-tables.ts';
import { isOfFlowLog } from '../../../core/lake/whose-files.ts';
import { slotRangeOf } from '../../../core/time/window.ts';
import { createFolderLake } from '../../../duckdb/lake/folder-lake.ts';
import type { Inspect } from '../../../duckdb/lake/inspector.ts';
import { refuseEngine } from '../../../duckdb/lake/local-sources.ts';
import { scanOf } from '../../../duckdb/lake/scan-of.ts';
import { bucketFolder } from './sample-buckets.ts';

/** The files of a source of the sample, and of no other one under the same prefix, with their keys in the bucket. */
export function lakeOfSource(folder: string, source: S3Source): Lake {
  const under = sourceRoot(source).replace(/\/$/, '');
  return createFolderLake(join(folder, bucketFolder(source.place.bucket)), {
    under,
    holds: (name) => isOfFlowLog(name, source),
  });
}

/** A log group of the sample is a folder of files, as a bucket is. */
export function inFolder(source: CloudSource): S3Source {
  return isOnS3(source) ? source : asFiles(source);
}

/** Reads the flow logs of the sample from their folders: one relation over the files of all of them. */
export function createReadFolders(folder: string, inspect: Inspect): ReadSources {
  return async ({ sources }, { window, engine }, signal) => {
    refuseEngine(engine, 'the sample network');
    const slotRange = slotRangeOf(window);
    const listed = await Promise.all(
      sources.map(inFolder).map(async (source) => {
        const lake = lakeOfSource(folder, source);
        const inBucket = bucketFolder(source.place.bucket);
        const [objects, storedRange] = await Promise.all([
          lake.during(slotRange, signal),
          lake.storedRange(signal),
        ]);
        return {
          objects: objects.map((object) => ({ ...object, key: join(inBucket, object.key) })),
          storedRange,
        };
      }),
    );
    const storedRange = commonStoredRange(listed.map((each) => each.storedRange));
    const objects = listed.flatMap((each) => each.objects);
    const name = sources.map(nameWithResource).join(' and ');
    return scanOf({ name, objects, storedRange, slotRange, scope: {} }, inspect, signal);
  };
}
