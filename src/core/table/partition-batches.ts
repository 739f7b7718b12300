import type { TablePartition } from '../ports/cloud/tables.ts';

/**
 * A statement may have 262,144 bytes; a partition takes its values, its location and some words around them.
 * @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html
 */
const STATEMENT_BYTES = 262_144;
const WORDS_BYTES = 100;
/** Glue takes 100 partitions in a call of its own, and Athena makes as many calls as it needs; more are slow. */
const MOST = 500;

/** Cuts partitions into batches that each fit into one statement, in their order. */
export function batchesOf(partitions: readonly TablePartition[]): readonly (readonly TablePartition[])[] {
  const batches: TablePartition[][] = [];
  let bytes = 0;
  for (const partition of partitions) {
    const size =
      WORDS_BYTES * (1 + partition.values.length) +
      Buffer.byteLength(partition.location) +
      Buffer.byteLength(partition.values.join());
    const last = batches.at(-1);
    if (last === undefined || last.length >= MOST || bytes + size > STATEMENT_BYTES / 2) {
      batches.push([partition]);
      bytes = size;
    } else {
      last.push(partition);
      bytes += size;
    }
  }
  return batches;
}
