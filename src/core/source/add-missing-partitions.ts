import type { Tables } from '../ports/cloud/tables.ts';
import type { LakeObject, Slot } from '../ports/scan.ts';
import { batchesOf } from '../table/partition-batches.ts';
import { tableFor } from '../table/table-for.ts';
import type { LogSource } from './log-source.ts';
import { partitionsOf } from './partitions-of.ts';

/** Adds the partitions that a question needs and that have files; those that are there already are left. */
export async function addMissingPartitions(
  source: LogSource,
  objects: readonly LakeObject[],
  { tables, database, now }: { readonly tables: Tables; readonly database: string; readonly now: () => Date },
  signal: AbortSignal,
): Promise<void> {
  const stretch = stretchOfAll(objects.flatMap(({ slot }) => slot ?? []));
  if (stretch === undefined) return;
  const spec = tableFor(source, { database, mode: 'explicit', since: now() });
  const there = new Set(
    (await tables.partitions(database, spec.name, signal)).map(({ values }) => values.join(' ')),
  );
  const missing = partitionsOf(source, stretch, objects)
    .filter(({ filled, partition }) => filled && !there.has(partition.values.join(' ')))
    .map(({ partition }) => partition);
  for (const batch of batchesOf(missing)) await tables.addPartitions(spec, batch, signal);
}

/** From the first to the last of any number of slots; there may be more than a call takes arguments. */
function stretchOfAll(slots: readonly Slot[]): Slot | undefined {
  const [first, ...others] = slots;
  if (first === undefined) return undefined;
  return others.reduce(
    (all, { fromSeconds, toSeconds }) => ({
      fromSeconds: Math.min(all.fromSeconds, fromSeconds),
      toSeconds: Math.max(all.toSeconds, toSeconds),
    }),
    first,
  );
}
