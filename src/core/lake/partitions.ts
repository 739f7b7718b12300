import { type SlotRange, slotRangeOver } from '../flow-log/slots.ts';
import type { TablePartition, TableSpec } from '../sql/hive-ddl.ts';
import { folderAt, type S3Source, s3Url, sourceRoot } from './log-source.ts';
import { keyValue, partitionsTouching } from './partitioning.ts';
import type { LakeObject, NeededPartitions } from './scan.ts';
import { partitioningFor, tableFor } from './table-for.ts';
import type { Tables } from './tables.ts';

/** A partition, and whether it has files. */
export interface PartitionOf {
  readonly partition: TablePartition;
  readonly filled: boolean;
}

/** The partitions of a source's explicit table that touch a slot range, oldest first. */
export function partitionsOf(
  source: S3Source,
  slotRange: SlotRange,
  objects: readonly Pick<LakeObject, 'key'>[],
): readonly PartitionOf[] {
  const { grain, fixed, time } = partitioningFor(source, 'explicit');
  const root = sourceRoot(source);
  const filled = new Set(objects.map(({ key }) => key.slice(0, key.lastIndexOf('/') + 1)));
  return partitionsTouching(grain, slotRange).map((start) => {
    const folder = `${root}${folderAt(source.place.files, start)}/`;
    return {
      partition: {
        values: [...Object.values(fixed), ...time.map((key) => keyValue(key, start))],
        location: s3Url(source.place.bucket, folder),
      },
      filled: filled.has(folder),
    };
  });
}

/** Whether a partition was added to a table, as the catalog lists them now. @throws CloudError */
export async function knownPartitions(
  { database, name }: Pick<TableSpec, 'database' | 'name'>,
  tables: Pick<Tables, 'partitions'>,
  signal: AbortSignal,
): Promise<(partition: Pick<TablePartition, 'values'>) => boolean> {
  const keyOf = ({ values }: Pick<TablePartition, 'values'>) => JSON.stringify(values);
  const known = new Set((await tables.partitions(database, name, signal)).map(keyOf));
  return (partition) => known.has(keyOf(partition));
}

/** How many partitions touch a slot range. */
export function partitionCount(source: S3Source, slotRange: SlotRange): number {
  return partitionsTouching(partitioningFor(source, 'explicit').grain, slotRange).length;
}

/** The partitions of a source's explicit table in which files lie. */
export function neededPartitions(
  source: S3Source,
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
