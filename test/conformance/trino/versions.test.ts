import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { executionParameters } from '../../../src/aws/athena/start-execution.ts';
import { catalog } from '../../../src/catalog/index.ts';
import { statementFor } from '../../../src/core/answer/statement.ts';
import { columnName, FIELD_NAMES, FIELDS } from '../../../src/core/flow-log/fields.ts';
import type { LogTable, Scan } from '../../../src/core/lake/scan.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import { sql } from '../../../src/core/sql/sql.ts';
import { openDuckdb } from '../../../src/duckdb/open-duckdb.ts';
import { runSelect } from '../../../src/duckdb/run-select.ts';
import { substitute } from '../../fakes/athena/substitute.ts';
import { collecting } from '../../support/collected.ts';
import { flow, NOON, type PlainRecord, silence } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { catalogLines } from './catalog-lines.ts';
import { type OldTrino, openOldTrino } from './old-trino.ts';
import { runTrino, type TextRow } from './run-trino.ts';

const NOW = new Date((NOON + 3_600) * 1000);
const TABLE: LogTable = { database: 'flowlog', name: 'fl_1', fields: FIELD_NAMES, paths: ['s3://logs/a'] };
const SCAN: Scan = {
  source: { name: 'fl-1', region: 'us-east-1', fields: FIELD_NAMES },
  ...{ tables: [TABLE], objects: [], unread: [], notes: [], extent: undefined },
};

/** Both families, an IPv4 address written as IPv6, what is no address, and amounts that are too much. */
const RECORDS = [
  flow(NOON + 60, { 'tcp-flags': 2 }),
  flow(NOON + 61, { srcaddr: '2001:db8::1', dstaddr: '2001:db8::5' }),
  flow(NOON + 62, { srcaddr: '2001:0DB8:0:0::1', dstaddr: '10.0.1.5', action: 'REJECT' }),
  flow(NOON + 63, { srcaddr: '::ffff:10.0.1.5', dstaddr: '::ffff:a00:105', 'flow-direction': 'egress' }),
  flow(NOON + 64, {
    srcaddr: 'banana',
    dstaddr: '-',
    'pkt-srcaddr': '10.0.1.5',
    'pkt-dstaddr': '64:ff9b::a00:1',
  }),
  flow(NOON + 65, { srcport: '-', dstport: '-', protocol: '-' }),
  flow(NOON + 66, {
    srcaddr: '192.0.2.77',
    dstport: 2_000_000_000,
    srcport: 65_536,
    bytes: '9223372036854775807',
  }),
  silence(NOON + 120, 'NODATA'),
  silence(NOON + 130, 'SKIPDATA'),
];

/** The records as a relation that needs no table. */
function values(records: readonly PlainRecord[]): string {
  const cell = (record: PlainRecord, field: (typeof FIELD_NAMES)[number]) => {
    const value = record[field] ?? '-';
    const { type } = FIELDS[field];
    if (type === 'text') return `'${value}'`;
    return `CAST(${value === '-' ? 'NULL' : value} AS ${type === 'long' ? 'bigint' : 'integer'})`;
  };
  const rows = records.map(
    (record) => `(${[...FIELD_NAMES.map((field) => cell(record, field)), "'s3://logs/a'"].join(', ')})`,
  );
  const columns = [...FIELD_NAMES.map((field) => `"${columnName(field)}"`), '"$path"'];
  return `(VALUES ${rows.join(', ')}) AS fl_1 (${columns.join(', ')})`;
}

const RELATION = values(RECORDS);

/** The statement of a line, with the records in the place of its table and the values in that of its marks. */
function statementOf(line: string): string {
  const context = { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 86_400 };
  const question = readRequest(line, context);
  if (!('query' in question)) throw new RangeError(`${line} is no question`);
  const statement = statementFor(question, SCAN, 100);
  const whole = substitute(statement.text, executionParameters(statement));
  return whole.replace('"flowlog"."fl_1"', () => RELATION);
}

/** DuckDB with the words of Trino. */
async function openDuckdbRows(): Promise<(statement: string) => Promise<readonly TextRow[]>> {
  const folder = await tempFolder('spill');
  const duckdb = await openDuckdb({
    lakeFolder: folder,
    spillFolder: folder,
    memoryLimitMb: 256,
    threads: 1,
  });
  const connection = await duckdb.connect();
  return async (text) => {
    const { take, all } = collecting();
    await (await runSelect(connection, { text, bound: [] }))(take, new AbortController().signal);
    return all().rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
  };
}

const LINES = catalogLines(
  ['10.0.1.5', '2001:db8::1', '10.0.0.0/8', '::/0'],
  'since 2026-03-05T12:00Z until 2026-03-05T12:20Z',
);

let old: OldTrino;
beforeAll(() => {
  old = openOldTrino();
});
afterAll(() => old.stop());

describe('every statement of the catalog', () => {
  it('gives the same rows on a Trino before 427, on one of today, and on DuckDB', async () => {
    const duckdb = await openDuckdbRows();
    for (const line of LINES) {
      const text = statementOf(line);
      const today = await runTrino(inject('trino'), { text, bound: [] });
      expect([line, await old.run(text)]).toEqual([line, today.rows]);
      expect([line, await duckdb(text)]).toEqual([line, today.rows]);
    }
    expect(LINES.length).toBeGreaterThan(catalog.length * 2);
  });
});

describe('the judge', () => {
  it('fails where the families of addresses are mixed, as versions before 427 do', async () => {
    await expect(old.run("SELECT contains('::/0', IPADDRESS '10.0.0.1')")).rejects.toThrow(
      'IP address version should be the same',
    );
    const later = await runTrino(inject('trino'), sql`SELECT contains('::/0', IPADDRESS '10.0.0.1')`);
    expect(later.rows).toEqual([['true']]);
  });
});
