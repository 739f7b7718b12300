import { type Slot, stretchOfAll } from '../flow-log/slots.ts';
import type { TablePartition } from '../sql/hive-ddl.ts';
import { folderAt, type LogSource, s3Url, sourceRoot } from './log-source.ts';
import { keyValue, partitionsTouching } from './partitioning.ts';
import type { LakeObject, NeededPartitions } from './scan.ts';
import { partitioningFor, tableFor } from './table-for.ts';

/** A partition, and whether it has files. */
export interface PartitionOf {
  readonly partition: TablePartition;
  readonly filled: boolean;
}

/** The partitions of a source's explicit table that touch a stretch of time, oldest first. */
export function partitionsOf(
  source: LogSource,
  stretch: Slot,
  objects: readonly Pick<LakeObject, 'key'>[],
): readonly PartitionOf[] {
  const { grain, fixed, time } = partitioningFor(source, 'explicit');
  const root = sourceRoot(source);
  const filled = new Set(objects.map(({ key }) => key.slice(0, key.lastIndexOf('/') + 1)));
  return partitionsTouching(grain, stretch).map((start) => {
    const folder = `${root}${folderAt(source.files.files, start)}/`;
    return {
      partition: {
        values: [...Object.values(fixed), ...time.map((key) => keyValue(key, start))],
        location: s3Url(source.files.bucket, folder),
      },
      filled: filled.has(folder),
    };
  });
}

/** How many partitions a stretch of time has. */
export function partitionCount(source: LogSource, stretch: Slot): number {
  return partitionsTouching(partitioningFor(source, 'explicit').grain, stretch).length;
}

/** The partitions of a source's explicit table in which files lie. */
export function neededPartitions(
  source: LogSource,
  objects: readonly LakeObject[],
  { database, now }: { readonly database: string; readonly now: () => Date },
): NeededPartitions {
  const stretch = stretchOfAll(objects.flatMap(({ slot }) => slot ?? []));
  const touched = stretch === undefined ? [] : partitionsOf(source, stretch, objects);
  return {
    table: tableFor(source, { database, mode: 'explicit', since: now() }),
    partitions: touched.filter(({ filled }) => filled).map(({ partition }) => partition),
  };
}
