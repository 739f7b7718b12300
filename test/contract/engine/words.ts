import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../../support/flow.ts';
import type { OpenEngineOver } from '../engine.ts';
import { select, written } from './select.ts';

/** Expressions over one record with 1,000 bytes, and what both Trino and DuckDB must make of them. */
const MEANINGS: readonly (readonly [string, string | null])[] = [
  ['7 / 2', '3'],
  ['-7 / 2', '-3'],
  ['bytes / 300 * 300', '900'],
  ['bytes % 300', '100'],
  [`TRY_CAST('-' AS bigint)`, null],
  [`TRY_CAST('12' AS bigint)`, '12'],
  [`TRY_CAST(srcaddr AS bigint)`, null],
  ['greatest(bytes, 2000)', '2000'],
  ['greatest(bytes, CAST(NULL AS bigint))', null],
  ['least(bytes, 2000)', '1000'],
  ['least(CAST(NULL AS bigint), bytes)', null],
  ['bitwise_and(19, 18)', '18'],
  ['bitwise_and(CAST(NULL AS bigint), 18)', null],
  [`element_at(ARRAY['a', 'b'], 1)`, 'a'],
  [`element_at(ARRAY['a', 'b'], 3)`, null],
  [`CAST(floor(to_unixtime(TIMESTAMP '2026-03-05 12:00:00')) AS bigint)`, String(NOON)],
  [`if(bytes > 999, 'much', 'little')`, 'much'],
  [`if(CAST(NULL AS boolean), 'yes', 'no')`, 'no'],
  [`coalesce(nullif('-', '-'), 'none')`, 'none'],
  [`CASE WHEN NULL THEN 'a' ELSE 'b' END`, 'b'],
];

const AGGREGATES: readonly (readonly [string, string])[] = [
  ['count(*)', '3'],
  [`count_if(action = 'REJECT')`, '1'],
  ['count(DISTINCT action)', '2'],
  ['approx_distinct(srcport)', '3'],
  ['max_by(srcport, bytes)', '2'],
  ['CAST(sum(bytes) AS bigint)', '60'],
];

/** The words of SQL that canned queries use mean what they mean in Trino. */
export function describeWords(open: OpenEngineOver): void {
  describe('the words of SQL', () => {
    it('mean the same on every engine, for one record', async () => {
      const opened = await open({ records: [flow(NOON)] });
      const columns = MEANINGS.map(([expression], index) => `${expression} AS c${index}`);
      const run = await select(opened, `SELECT ${columns.join(', ')} FROM flow_records`);
      const got = (written(run)[0] ?? []).map((cell, index) => [MEANINGS[index]?.[0], cell]);
      expect(got).toEqual(MEANINGS.map(([expression, meaning]) => [expression, meaning]));
    });

    it('mean the same on every engine, over several', async () => {
      const records = [
        flow(NOON, { srcport: 1, bytes: 10 }),
        flow(NOON, { srcport: 2, bytes: 30 }),
        flow(NOON, { srcport: 3, bytes: 20, action: 'REJECT' }),
      ];
      const opened = await open({ records });
      const columns = AGGREGATES.map(([expression], index) => `${expression} AS c${index}`);
      const run = await select(opened, `SELECT ${columns.join(', ')} FROM flow_records`);
      expect(written(run)).toEqual([AGGREGATES.map(([, meaning]) => meaning)]);
    });

    it('sort what is absent to the end, either way', async () => {
      const opened = await open({
        records: [flow(NOON, { srcport: '-' }), flow(NOON), flow(NOON, { srcport: 1 })],
      });
      const up = await select(opened, 'SELECT srcport FROM flow_records ORDER BY srcport');
      const down = await select(opened, 'SELECT srcport FROM flow_records ORDER BY srcport DESC');
      expect(written(up)).toEqual([['1'], ['50001'], [null]]);
      expect(written(down)).toEqual([['50001'], ['1'], [null]]);
    });
  });
}
