import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addPartitionsDdl, batchesOf } from '../../../src/core/sql/hive-ddl.ts';

/** What Athena takes. @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const STATEMENT_BYTES = 262_144;

const KEYS = ['p_account', 'p_region', 'p_hour'].map((name) => ({ name, type: 'string' }));

const partition = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9/'\\]{1,60}$/),
    fc.stringMatching(/^[a-z0-9é/]{0,80}$/),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([value, path, times]) => ({
    values: ['123456789012', 'us-east-1', value],
    location: `s3://logs/${`${path}/`.repeat(times)}`,
  }));

it('cuts partitions into batches that fit into a statement each, all of them, in their order', () => {
  fc.assert(
    fc.property(fc.array(partition, { maxLength: 8 }), fc.integer({ min: 1, max: 400 }), (some, times) => {
      const partitions = Array.from({ length: times }, () => some).flat();
      const batches = batchesOf(partitions);
      expect(batches.flat()).toEqual(partitions);
      for (const batch of batches) {
        const ddl = addPartitionsDdl({ database: 'flowlog', name: 'fl_1', partitionKeys: KEYS }, batch);
        expect(Buffer.byteLength(ddl)).toBeLessThanOrEqual(STATEMENT_BYTES);
        expect(batch.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});

it('makes few of many: ten thousand hours are some forty statements', () => {
  const root =
    's3://flowlog-123456789012-us-east-1/vpc-0a1b2c3d4e5f60718/AWSLogs/123456789012/vpcflowlogs/us-east-1/';
  const hours = Array.from({ length: 10_000 }, (_, hour) => ({
    values: ['123456789012', 'us-east-1', `2026/11/24/${hour}`],
    location: `${root}2026/11/24/${hour}/`,
  }));
  expect(batchesOf(hours).length).toBeLessThanOrEqual(50);
  expect(batchesOf([])).toEqual([]);
});
