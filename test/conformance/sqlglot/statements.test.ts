import { describe, expect, inject, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { statementFor } from '../../../src/core/answer/statement.ts';
import { DEFAULT_FORMAT, FIELD_NAMES } from '../../../src/core/flow-log/fields.ts';
import type { LogTable } from '../../../src/core/lake/scan.ts';
import { exampleLine } from '../../../src/core/line/write-line.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import {
  addPartitionsDdl,
  createDatabaseDdl,
  createTableDdl,
  dropTableDdl,
} from '../../../src/core/sql/hive-ddl.ts';
import { STORY_LINES } from '../../catalog/story-lines.ts';
import { OCSF_TABLE, renamedTable } from '../../support/adopted-tables.ts';
import { NOW, STORY_WINDOW } from '../../support/ask-fixture.ts';
import { refusals } from './refusals.ts';

const HOURLY: LogTable = {
  database: 'flowlog',
  name: 'fl_1',
  fields: FIELD_NAMES,
  partitioning: {
    grain: 'hour',
    fixed: { p_account: '123456789012', p_region: 'eu-central-1' },
    time: [{ column: 'p_hour', pattern: 'yyyy/MM/dd/HH', type: 'string' }],
  },
};

const DAILY = renamedTable(
  DEFAULT_FORMAT,
  { srcaddr: 'sourceaddress', dstaddr: 'destinationaddress' },
  {
    grain: 'day',
    fixed: {},
    time: [
      { column: 'year', pattern: 'yyyy', type: 'integer' },
      { column: 'month', pattern: 'MM', type: 'string' },
      { column: 'day', pattern: 'dd', type: 'string' },
    ],
  },
);

/** Where the catalog is asked: a table of each kind, and both at once. */
const SCANS: Readonly<Record<string, readonly LogTable[]>> = {
  hourly: [HOURLY],
  daily: [DAILY],
  both: [HOURLY, DAILY],
  ocsf: [OCSF_TABLE],
  'a prefix of several': [{ ...HOURLY, flowLogs: ['123456789012_vpcflowlogs_eu-central-1_fl-1'] }],
};

/** The statement of a line over some tables. */
function statementOf(line: string, tables: readonly LogTable[]): string {
  const context = { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: 7 * 86_400 };
  const question = readRequest(line, context);
  if (!('query' in question)) throw new RangeError(`${line} is no question`);
  const fields = [...new Set(tables.flatMap((table) => table.fields))];
  const source = { name: 'fl-1', region: 'eu-central-1', fields };
  const scan = { source, tables, objects: [], unread: [], notes: [], storedRange: undefined };
  return statementFor(question, scan, 100).text;
}

/** Every query as its example asks it, and as the story does, over every kind of table. */
function catalogStatements(): Readonly<Record<string, string>> {
  const lines = catalog.flatMap((query) => [
    exampleLine(query),
    `${STORY_LINES[query.name] ?? query.name} ${STORY_WINDOW}`,
  ]);
  return Object.fromEntries(
    Object.entries(SCANS).flatMap(([kind, tables]) =>
      lines.map((line) => [`${line} over ${kind}`, statementOf(line, tables)]),
    ),
  );
}

const SPEC = {
  database: 'flowlog',
  name: 'fl_1',
  columns: [{ name: 'end', type: 'bigint' }],
  partitionKeys: [
    { name: 'p_region', type: 'string' },
    { name: 'p_hour', type: 'string' },
  ],
  location: "s3://logs/it's; a \\ `place`/AWSLogs/",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Athena's notation
  properties: { 'storage.location.template': 's3://logs/${p_hour}/' },
};

it('sqlglot parses every statement of the catalog', async () => {
  const statements = catalogStatements();
  expect(Object.keys(statements).length).toBeGreaterThanOrEqual(catalog.length * 3);
  expect(await refusals(inject('programs'), statements)).toEqual({});
});

it('sqlglot parses the DDL of tables', async () => {
  const statements = {
    database: createDatabaseDdl('flowlog'),
    text: createTableDdl({ ...SPEC, format: 'text' }),
    parquet: createTableDdl({ ...SPEC, format: 'parquet', partitionKeys: [] }),
    // Several partitions in one statement it carries along as a command; Hive's grammar is the same for each.
    partition: addPartitionsDdl(SPEC, [
      { values: ['eu-central-1', '2026/03/05/12'], location: SPEC.location },
    ]),
    drop: dropTableDdl('flowlog', 'fl_1'),
  };
  expect(await refusals(inject('programs'), statements)).toEqual({});
});

describe('the judge', () => {
  it.each([
    ['SELECT `a` FROM b', 'Invalid expression'],
    ['SELECT a FROM WHERE b', 'Expected table name'],
    ['SELECT 1; SELECT 2', '2 statements instead of one'],
    ['CREATE EXTERNAL TABLE `a` (`b` bigint LOCATION', 'Expecting )'],
    ['MSCK REPAIR TABLE a', 'not understood'],
  ])('refuses %s', async (text, reason) => {
    expect(await refusals(inject('programs'), { text })).toEqual({ text: expect.stringContaining(reason) });
  });
});
