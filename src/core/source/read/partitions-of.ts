import { keyValue, partitionsTouching } from '../../partition/partitions-touching.ts';
import type { TablePartition } from '../../ports/cloud/tables.ts';
import type { LakeObject, Slot } from '../../ports/scan.ts';
import { partitioningFor } from '../../table/partition-keys.ts';
import type { LogSource } from '../log-source.ts';
import { folderAt, s3Url, sourceRoot } from '../source-root.ts';

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
