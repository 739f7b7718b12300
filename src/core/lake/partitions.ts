import { type SlotRange, slotRangeOver } from '../flow-log/slots.ts';
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

/** The partitions of a source's explicit table that touch a slot range, oldest first. */
export function partitionsOf(
  source: LogSource,
  slotRange: SlotRange,
  objects: readonly Pick<LakeObject, 'key'>[],
): readonly PartitionOf[] {
  const { grain, fixed, time } = partitioningFor(source, 'explicit');
  const root = sourceRoot(source);
  const filled = new Set(objects.map(({ key }) => key.slice(0, key.lastIndexOf('/') + 1)));
  return partitionsTouching(grain, slotRange).map((start) => {
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

/** How many partitions touch a slot range. */
export function partitionCount(source: LogSource, slotRange: SlotRange): number {
  return partitionsTouching(partitioningFor(source, 'explicit').grain, slotRange).length;
}

/** The partitions of a source's explicit table in which files lie. */
export function neededPartitions(
  source: LogSource,
  objects: readonly LakeObject[],
  { database, now }: { readonly database: string; readonly now: () => Date },
): NeededPartitions {
  const slotRange = slotRangeOver(objects.flatMap(({ slot }) => slot ?? []));
  const touched = slotRange === undefined ? [] : partitionsOf(source, slotRange, objects);
  return {
    table: tableFor(source, { database, mode: 'explicit', since: now() }),
    partitions: touched.filter(({ filled }) => filled).map(({ partition }) => partition),
  };
}
