import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { flow, NOON, silence } from '../../support/flow.ts';
import type { OpenEngineOver } from '../engine.ts';
import { select, written } from './select.ts';

/** One past the last whole number that a float holds exactly. */
const PAST_FLOATS = 9_007_199_254_740_993n;

/** What comes back is what was written: order, absence, size. */
export function describeValues(open: OpenEngineOver): void {
  describe('values', () => {
    it('come in the order of the SELECT, under its names', async () => {
      const opened = await open({ records: [flow(NOON)] });
      const run = await select(
        opened,
        'SELECT dstport AS z, srcaddr AS a, action, dstport AS m FROM flow_records',
      );
      expect(run.columns).toEqual(['z', 'a', 'action', 'm']);
      expect(written(run)).toEqual([['443', '203.0.113.9', 'ACCEPT', '443']]);
    });

    it('are null where the record has a dash for a number', async () => {
      const opened = await open({ records: [silence(NOON, 'NODATA')] });
      const sql = `SELECT srcport, bytes, protocol, nullif(srcaddr, '-') AS a, log_status FROM flow_records`;
      expect(written(await select(opened, sql))).toEqual([[null, null, null, null, 'NODATA']]);
    });

    it('stay exact past 2^53, alone and in sums', async () => {
      const opened = await open({
        records: [flow(NOON, { bytes: PAST_FLOATS }), flow(NOON, { bytes: PAST_FLOATS })],
      });
      const run = await select(
        opened,
        'SELECT max(bytes) AS one, CAST(sum(bytes) AS bigint) AS all_of_them FROM flow_records',
      );
      expect(written(run)).toEqual([[String(PAST_FLOATS), String(2n * PAST_FLOATS)]]);
    });

    it('keep the zeros in front of an account', async () => {
      const opened = await open({ records: [flow(NOON, { 'account-id': '000000000042' })] });
      expect(written(await select(opened, 'SELECT account_id FROM flow_records'))).toEqual([
        ['000000000042'],
      ]);
    });

    it('are found by the header of each file, and null in files without the field', async () => {
      const opened = await open(
        { records: [flow(NOON, { srcport: 1 })] },
        {
          records: [flow(NOON, { srcport: 2 })],
          options: { fields: DEFAULT_FORMAT.toReversed(), prefix: 'b' },
        },
        {
          records: [flow(NOON, { srcport: 3, 'pkt-srcaddr': '10.9.9.9' })],
          options: {
            fields: ['pkt-srcaddr', 'end', 'start', 'srcport', 'srcaddr', 'log-status'],
            prefix: 'c',
          },
        },
      );
      const sql = 'SELECT srcport, srcaddr, dstaddr, pkt_srcaddr FROM flow_records ORDER BY srcport';
      expect(written(await select(opened, sql))).toEqual([
        ['1', '203.0.113.9', '10.0.1.5', null],
        ['2', '203.0.113.9', '10.0.1.5', null],
        ['3', '203.0.113.9', null, '10.9.9.9'],
      ]);
    });

    it('may be none at all', async () => {
      const opened = await open({ records: [flow(NOON)] });
      const run = await select(opened, `SELECT srcaddr FROM flow_records WHERE action = 'REJECT'`);
      expect(run).toMatchObject({ columns: ['srcaddr'], rows: [], filesRead: 1 });
    });
  });
}
