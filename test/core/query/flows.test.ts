import { describe, expect, it } from 'vitest';
import type { FieldName } from '../../../src/core/flow-log/fields.ts';
import type { LogTable } from '../../../src/core/lake/scan.ts';
import { recordsIn } from '../../../src/core/query/flows.ts';
import { OCSF_TABLE, renamedTable } from '../../support/adopted-tables.ts';

const WINDOW = { from: new Date('2026-11-22T10:00:30Z'), to: new Date('2026-11-22T11:00:00Z') };
const FIELDS: readonly FieldName[] = ['srcaddr', 'bytes', 'start', 'end', 'log-status'];
const TABLE: LogTable = { database: 'flowlog', name: 'fl_1', fields: FIELDS };

const DAYS = {
  grain: 'day',
  fixed: {},
  time: [{ column: 'date', pattern: 'yyyy-MM-dd', type: 'date' }],
} as const;

describe('the records of a window', () => {
  it('are those whose interval touches it, with a dash as NULL and reserved names renamed', () => {
    expect(recordsIn([WINDOW], [TABLE], FIELDS)).toEqual({
      text:
        `SELECT CASE WHEN "srcaddr" <> '-' THEN "srcaddr" END AS "srcaddr", "bytes", "start" AS "start_seconds", ` +
        `"end" AS "end_seconds", CASE WHEN "log_status" <> '-' THEN "log_status" END AS "log_status"\n` +
        `  FROM "flowlog"."fl_1"\n` +
        `  WHERE ("end" >= 1795341630) AND ("start" < 1795345200)`,
      bound: [],
    });
  });

  it('come from the files that are named, each written so that no character of it ends it', () => {
    const paths = ["s3://logs/it's/a.log.gz", 's3://logs/b.log.gz'];
    const { text, bound } = recordsIn([WINDOW], [{ ...TABLE, paths }], FIELDS);
    expect(text).toContain(
      `WHERE ("$path" IN ('s3://logs/it''s/a.log.gz', 's3://logs/b.log.gz')) AND ("end" >= `,
    );
    expect(bound).toEqual([]);
    expect(recordsIn([WINDOW], [{ ...TABLE, paths: [] }], FIELDS).text).toContain('WHERE (FALSE) AND (');
  });

  it('come from several tables, each once, with NULL for what one does not record', () => {
    const other: LogTable = { name: 'fl_2', fields: ['start', 'end', 'log-status'] };
    const { text } = recordsIn([WINDOW], [TABLE, other], FIELDS);
    expect(text.match(/FROM "/g)).toHaveLength(2);
    expect(text).toContain('UNION ALL');
    expect(text).toContain('CAST(NULL AS varchar) AS "srcaddr", CAST(NULL AS bigint) AS "bytes"');
  });

  it('are read by the column names of a table that flowlog did not make', () => {
    const renamed = { srcaddr: 'sourceaddress', start: 'starttime', end: 'endtime' };
    const { text } = recordsIn([WINDOW], [renamedTable(FIELDS, renamed, DAYS)], FIELDS);
    expect(text).toContain(`CASE WHEN "sourceaddress" <> '-' THEN "sourceaddress" END AS "srcaddr"`);
    expect(text).toContain('("endtime" >= 1795341630) AND ("starttime" < 1795345200)');
  });

  it('are read from the structs of OCSF, and by the column by which its files are cut, an interval around the window', () => {
    const { text } = recordsIn([WINDOW], [OCSF_TABLE], ['srcaddr', 'dstport', 'action', 'start', 'end']);
    expect(text).toContain('FROM "s3tablescatalog/aws-cloudwatch"."logs"."amazon_vpc__flow"');
    expect(text).toContain('element_at("src_endpoint"."intermediate_ips", 1)');
    expect(text).toContain('"dst_endpoint"."port" AS "dstport"');
    expect(text).toContain(`CASE "action_id" WHEN 1 THEN 'ACCEPT' WHEN 2 THEN 'REJECT' END AS "action"`);
    expect(text).toContain('CAST(floor(to_unixtime("end_time_dt")) AS bigint) AS "end_seconds"');
    expect(text).toContain(
      `WHERE ("time_dt" >= TIMESTAMP '2026-11-22 09:50:30') AND ("time_dt" < TIMESTAMP '2026-11-22 11:10:00')` +
        ` AND ("end_time_dt" >= TIMESTAMP '2026-11-22 10:00:30') AND ("start_time_dt" < TIMESTAMP '2026-11-22 11:00:00')`,
    );
  });

  it('may be filed under the day of their start in a table whose files cannot be listed', () => {
    const filed = { ...OCSF_TABLE, partitioning: DAYS };
    const midnight = { from: new Date('2026-11-22T00:05:00Z'), to: new Date('2026-11-22T00:10:00Z') };
    expect(recordsIn([midnight], [filed], ['end']).text).toContain(
      `"date" BETWEEN DATE '2026-11-21' AND DATE '2026-11-22'`,
    );
    const listed = renamedTable(FIELDS, {}, DAYS);
    expect(recordsIn([midnight], [listed], ['end']).text).toContain(
      `"date" BETWEEN DATE '2026-11-22' AND DATE '2026-11-22'`,
    );
  });

  it('are those in the files of some flow logs, where others deliver under the same prefix', () => {
    const { text, bound } = recordsIn([WINDOW], [{ ...TABLE, flowLogs: ['1_x_fl-1', '1_x_fl-2'] }], FIELDS);
    expect(text).toMatch(
      /\("start" < 1795345200\) AND \(\(strpos\("\$path", \?\) > 0\) OR \(strpos\("\$path", \?\) > 0\)\)$/,
    );
    expect(bound).toEqual(['/1_x_fl-1_', '/1_x_fl-2_']);
  });

  it('are traffic where a table does not record the status and another field shows traffic', () => {
    const { text } = recordsIn(
      [WINDOW],
      [{ name: 'fl_3', fields: ['srcaddr', 'bytes', 'start', 'end'] }],
      FIELDS,
    );
    expect(text).toContain(
      `CASE WHEN ("srcaddr" <> '-') OR ("bytes" IS NOT NULL) THEN 'OK' ELSE 'NOT RECORDED' END AS "log_status"`,
    );
  });
});
