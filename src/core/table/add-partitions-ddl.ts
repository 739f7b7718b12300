import type { TablePartition, TableSpec } from '../ports/cloud/tables.ts';
import { checkedLocation } from './checked-location.ts';
import { hiveIdentifier } from './hive-identifier.ts';
import { hiveString } from './hive-string.ts';
import { tableName } from './table-name.ts';

/**
 * Adds partitions with their places, leaving alone those that are there.
 * @throws RangeError for names that are not plain, and for a partition with more or fewer values than the table has keys.
 */
export function addPartitionsDdl(
  spec: Pick<TableSpec, 'database' | 'name' | 'partitionKeys'>,
  partitions: readonly TablePartition[],
): string {
  if (partitions.length === 0) throw new RangeError('no partition to add');
  const added = partitions.map(
    ({ values, location }) =>
      `  PARTITION (${assignments(spec.partitionKeys, values)}) LOCATION ${hiveString(checkedLocation(location))}`,
  );
  return [`ALTER TABLE ${tableName(spec)} ADD IF NOT EXISTS`, ...added].join('\n');
}

function assignments(keys: TableSpec['partitionKeys'], values: readonly string[]): string {
  if (keys.length !== values.length) {
    throw new RangeError(`${values.length} values for ${keys.length} partition keys`);
  }
  return keys
    .map(({ name }, index) => `${hiveIdentifier(name)} = ${hiveString(values[index] ?? '')}`)
    .join(', ');
}
