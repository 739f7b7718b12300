import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import type { AdoptedTable } from '../../../src/core/lake/adopted-table.ts';
import type { TableSchema } from '../../../src/core/lake/tables.ts';
import { type HiveType, readHiveType } from '../../../src/core/sql/hive-types.ts';
import { foundTable, OCSF_SCHEMA } from '../../support/adopted-tables.ts';
import { afterNoon } from '../../support/flow.ts';
import {
  ocsfColumns,
  ocsfSelect,
  plainColumns,
  plainRows,
  type StructWords,
} from '../../support/ocsf-records.ts';
import { catalogLines } from './catalog-lines.ts';
import { openOldTrino } from './old-trino.ts';
import { openTrinoTables } from './open-trino-tables.ts';
import { runTrino } from './run-trino.ts';

const NOW = afterNoon(3_600);
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:20Z';
/** Without a record of lost flows. */
const QUIET = 'since 2026-03-05T12:09Z until 2026-03-05T12:15Z';
const LINES = catalogLines(['10.0.1.5', '2001:db8::1', '::/0'], WINDOW);

const database = `lake_${randomUUID().replaceAll('-', '_')}`;
const OCSF: AdoptedTable = { catalog: 'iceberg', database, name: 'ocsf', columns: 'ocsf' };
const { fields: FIELDS } = foundTable(OCSF, OCSF_SCHEMA);
const PLAIN: AdoptedTable = { catalog: 'iceberg', database, name: 'plain', fields: FIELDS };
/** Other names, times in milliseconds, and numbers that are text. */
const NAMES = { srcaddr: 'source.address', dstport: 'target_port', start: 'began', end: 'ended' };
const RENAMED: AdoptedTable = { ...PLAIN, name: 'renamed', columns: NAMES, times: 'milliseconds' };

const WORDS: StructWords = {
  type: typeOf,
  struct: (members, type) => `CAST(ROW(${members.map(([, value]) => value).join(', ')}) AS ${type})`,
};

function typeOf(type: HiveType): string {
  if (type.kind === 'array') return `ARRAY(${typeOf(type.of)})`;
  if (type.kind === 'map') return `MAP(varchar, ${typeOf(type.of)})`;
  if (type.kind === 'struct')
    return `ROW(${type.members.map(([name, member]) => `"${name}" ${typeOf(member)}`).join(', ')})`;
  // Glue writes both kinds of timestamps of Iceberg alike: AWS's tables have those with a zone.
  return { string: 'varchar', timestamp: 'timestamp(6) with time zone' }[type.name] ?? type.name;
}

const HIVE_TYPES: Readonly<Record<string, string>> = { varchar: 'string', bigint: 'bigint' };
const PLAIN_COLUMNS = plainColumns(FIELDS);

const PLAIN_SCHEMA: TableSchema = {
  columns: PLAIN_COLUMNS.map(([name, type]) => ({ name, type: HIVE_TYPES[type] ?? type })),
  partitionKeys: [],
};

/** The columns of the table with other names: each with what Hive calls it, and what fills it. */
const RENAMED_COLUMNS: readonly (readonly [name: string, type: string, made: string])[] = [
  ...PLAIN_COLUMNS.filter(([name]) => !['srcaddr', 'dstport', 'start', 'end'].includes(name)).map(
    ([name, type]) =>
      name === 'bytes'
        ? ([name, 'string', 'CAST(bytes AS varchar)'] as const)
        : ([name, HIVE_TYPES[type] ?? type, `"${name}"`] as const),
  ),
  ['source', 'struct<address:string>', 'CAST(ROW(srcaddr) AS ROW(address varchar))'],
  ['target_port', 'int', 'CAST(dstport AS integer)'],
  ['began', 'bigint', '"start" * 1000 + 7'],
  ['ended', 'bigint', '"end" * 1000 + 999'],
];

const RENAMED_SCHEMA: TableSchema = {
  columns: RENAMED_COLUMNS.map(([name, type]) => ({ name, type })),
  partitionKeys: [],
};

beforeAll(async () => {
  const named = `"iceberg"."${database}"`;
  const columns = PLAIN_COLUMNS.map(([name, type]) => `"${name}" ${type}`).join(', ');
  const renamed = RENAMED_COLUMNS.map(([name, type]) => `"${name}" ${typeOf(readHiveType(type))}`).join(', ');
  const made = RENAMED_COLUMNS.map(([, , expression]) => expression).join(', ');
  for (const text of [
    `CREATE SCHEMA ${named}`,
    `CREATE TABLE ${named}."plain" (${columns})`,
    `INSERT INTO ${named}."plain" VALUES ${plainRows(FIELDS)}`,
    `CREATE TABLE ${named}."ocsf" (${ocsfColumns(WORDS).join(', ')}) WITH (partitioning = ARRAY['hour(time_dt)'])`,
    `INSERT INTO ${named}."ocsf" ${ocsfSelect(WORDS, `${named}."plain"`)}`,
    `CREATE TABLE ${named}."renamed" (${renamed})`,
    `INSERT INTO ${named}."renamed" SELECT ${made} FROM ${named}."plain"`,
  ])
    await runTrino(inject('trino'), { text, bound: [] });
});

describe.each([
  ['columns of OCSF', OCSF, OCSF_SCHEMA],
  ['columns of other names and types', RENAMED, RENAMED_SCHEMA],
])('an Iceberg table with %s', (_, table, schema) => {
  it('has for every query the rows of a plain table with the same records, and never says that they are all', async () => {
    const [plain, theirs] = [
      await openTrinoTables(NOW, PLAIN, PLAIN_SCHEMA),
      await openTrinoTables(NOW, table, schema),
    ];
    expect(LINES.length).toBeGreaterThan(15);
    for (const line of LINES) {
      const [expected, found] = [await plain(line), await theirs(line)];
      expect(expected.rows.length).toBeGreaterThan(0);
      expect([line, found.rows]).toEqual([line, expected.rows]);
      expect([line, found.answer.rows]).toEqual([line, expected.answer.rows]);
      expect(found.answer.coverage).toMatchObject({ complete: false, tablesRead: [table.name] });
    }
  });

  it('does not answer that there was nothing', async () => {
    const ask = await openTrinoTables(NOW, table, schema);
    const { answer } = await ask(`to 10.0.1.5 port=4444 ${QUIET}`);
    expect(answer.finding).toMatchObject({ certainty: 'unknown' });
    expect(answer.headline).toBe(
      'Cannot say whether there was traffic to 10.0.1.5 with port=4444: none in the records that were read, but no list of the files of lake shows that all records of the window are there.',
    );
  });
});

describe('a Trino before 427', () => {
  it('has the same rows, for a line of every query', async () => {
    const ask = await openTrinoTables(NOW, OCSF, OCSF_SCHEMA);
    const names = PLAIN_COLUMNS.map(([name]) => `"${name}"`).join(', ');
    const select = ocsfSelect(WORDS, `(VALUES ${plainRows(FIELDS)}) AS plain (${names})`);
    const columns = OCSF_SCHEMA.columns.map(({ name }) => `"${name}"`).join(', ');
    const old = openOldTrino();
    onTestFinished(() => old.stop());
    for (const { name } of catalog) {
      const line = LINES.find((each) => each.startsWith(`${name} `)) ?? name;
      const { rows, text } = await ask(line);
      const whole = text.replace(`"iceberg"."${database}"."ocsf"`, () => `(${select}) AS ocsf (${columns})`);
      expect([line, await old.run(whole)]).toEqual([line, rows]);
    }
  });
});

describe('the files of other hours', () => {
  it('are not opened, nor columns that are not named', async () => {
    const ask = await openTrinoTables(NOW, OCSF, OCSF_SCHEMA);
    const { reading, answer } = await ask(`top-talkers ${WINDOW}`);
    const [scan, ...others] = reading.scans;
    expect(others).toEqual([]);
    expect(scan?.table).toBe(`${database}.ocsf`);
    expect(scan?.columns.join(' ')).not.toMatch(/unmapped|metadata|tcp_flags|vpc_uid/);
    // Of fourteen records eleven are of the hours that the window touches.
    expect(reading.records).toBe(11);
    expect(answer.run.scannedBytes).toBe(reading.bytes);
    expect(answer.estimatedBytes).toBe(50_000_000_000);
  });
});
