import type { Tables } from '../../ports/cloud/tables.ts';
import type { NeededPartitions } from '../../ports/scan.ts';
import { batchesOf } from '../../table/partition-batches.ts';

/** Adds the partitions that a table lacks; those that are there already are left. */
export async function addMissingPartitions(
  { table, partitions }: NeededPartitions,
  tables: Pick<Tables, 'partitions' | 'addPartitions'>,
  signal: AbortSignal,
): Promise<void> {
  if (partitions.length === 0) return;
  const there = await tables.partitions(table.database, table.name, signal);
  const known = new Set(there.map(({ values }) => values.join(' ')));
  const missing = partitions.filter(({ values }) => !known.has(values.join(' ')));
  for (const batch of batchesOf(missing)) await tables.addPartitions(table, batch, signal);
}
