import { AWS_LIMITS } from '../aws-limits.ts';
import type { TablePartition } from '../ports/cloud/tables.ts';

/** Half of what a statement may have: what a partition takes is only estimated. */
const MOST_BYTES = AWS_LIMITS.statementBytes / 2;
/** What stands around each value, and around the location. */
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
    if (last === undefined || last.length >= MOST || bytes + size > MOST_BYTES) {
      batches.push([partition]);
      bytes = size;
    } else {
      last.push(partition);
      bytes += size;
    }
  }
  return batches;
}
