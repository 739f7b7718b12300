import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { statementFor } from '../../src/core/answer/statement.ts';
import type { LogTable } from '../../src/core/lake/scan.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import type { HiveType } from '../../src/core/sql/hive-types.ts';
import { withValues } from '../../src/core/sql/literals.ts';
import { TRINO_WORDS } from '../../src/duckdb/trino-words.ts';
import { catalogLines } from '../conformance/trino/catalog-lines.ts';
import { foundTable, OCSF_SCHEMA } from '../support/adopted-tables.ts';
import { afterNoon } from '../support/flow.ts';
import {
  ocsfColumns,
  ocsfSelect,
  plainColumns,
  plainRows,
  type StructWords,
} from '../support/ocsf-records.ts';

const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:20Z';
const LINES = catalogLines(['10.0.1.5', '2001:db8::1', '::/0'], WINDOW);

const OCSF = foundTable({ catalog: 'memory', database: 'main', name: 'ocsf', columns: 'ocsf' }, OCSF_SCHEMA);
const PLAIN: LogTable = { database: 'main', name: 'plain', fields: OCSF.fields };

const WORDS: StructWords = {
  type: typeOf,
  struct: (members) => `{${members.map(([name, expression]) => `'${name}': ${expression}`).join(', ')}}`,
};

function typeOf(type: HiveType): string {
  if (type.kind === 'array') return `${typeOf(type.of)}[]`;
  if (type.kind === 'map') return `MAP(VARCHAR, ${typeOf(type.of)})`;
  if (type.kind === 'plain') return type.name === 'string' ? 'VARCHAR' : type.name;
  return `STRUCT(${type.members.map(([name, member]) => `"${name}" ${typeOf(member)}`).join(', ')})`;
}

let duckdb: DuckDBConnection;

beforeAll(async () => {
  duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  const columns = plainColumns(OCSF.fields).map(([name, type]) => `"${name}" ${type}`);
  await duckdb.run(
    [
      ...TRINO_WORDS,
      'CREATE MACRO from_unixtime(seconds) AS to_timestamp(seconds)',
      `CREATE TABLE plain (${columns.join(', ')})`,
      `INSERT INTO plain VALUES ${plainRows(OCSF.fields)}`,
      `CREATE TABLE ocsf (${ocsfColumns(WORDS).join(', ')})`,
      `INSERT INTO ocsf ${ocsfSelect(WORDS, 'plain')}`,
    ].join(';\n'),
  );
});

async function rowsOf(line: string, table: LogTable): Promise<readonly unknown[]> {
  const question = readRequest(line, {
    catalog,
    now: afterNoon(3_600),
    zone: 'UTC',
    longestWindowSeconds: 86_400,
  });
  if (!('query' in question)) throw new RangeError(`${line} is no question`);
  const source = { name: 'lake', region: 'eu-central-1', fields: table.fields };
  const scan = { source, tables: [table], objects: [], unread: [], notes: [], storedRange: undefined };
  const read = await duckdb.runAndReadAll(withValues(statementFor(question, scan, 100)));
  // The widths of whole numbers differ, and mean nothing.
  return read.getRowsJS().map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}

it('every query has the rows of the plain table', async () => {
  expect(LINES.length).toBeGreaterThan(15);
  for (const line of LINES) {
    const plain = await rowsOf(line, PLAIN);
    expect(plain.length).toBeGreaterThan(0);
    expect([line, await rowsOf(line, OCSF)]).toEqual([line, plain]);
  }
}, 120_000);
