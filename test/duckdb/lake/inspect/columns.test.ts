import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../../src/core/flow-log/fields.ts';
import { afterNoon, flow, NOON } from '../../../support/flow.ts';
import { openLocalLake, tempFolder } from '../../../support/open-local-lake.ts';
import { lineOf, logText, writeBytes, writeLake, writeLog } from '../../../support/write-lake.ts';

const GOOD = flow(NOON + 30, { srcport: 1 });
const OTHER = flow(NOON + 31, { srcport: 2 });

/** The columns that a record needs to be found, and more as SQL. */
const parquetOf = (more: string) =>
  `SELECT '203.0.113.9' AS srcaddr, '10.0.1.5' AS dstaddr, 2 AS srcport, ${NOON}::BIGINT AS start,
    ${NOON + 31}::BIGINT AS "end", 'OK' AS log_status${more === '' ? '' : `, ${more}`}`;

/** Puts a Parquet file of one record with odd columns next to a good text file, and reads both. */
async function besideText(sql: string, patch: (bytes: string) => string = (bytes) => bytes) {
  const folder = await tempFolder();
  await writeLake(folder, [GOOD]);
  const path = join(folder, 'odd.parquet');
  const duckdb = await DuckDBInstance.create(':memory:');
  await (await duckdb.connect()).run(`COPY (${sql}) TO '${path}'`);
  duckdb.closeSync();
  await writeFile(path, patch(await readFile(path, 'latin1')), 'latin1');
  return readBoth(folder);
}

async function readBoth(folder: string, columns = 'srcport') {
  const lake = await openLocalLake(folder);
  const window = { from: afterNoon(0), to: afterNoon(60) };
  const { unread, source } = await lake.scan(window.from, window.to);
  const { rows } = await lake.rows(`SELECT ${columns} FROM flow_records ORDER BY srcport`, window);
  return { rows, reason: unread[0]?.reason, fields: source.fields };
}

describe('columns of Parquet that are read all the same', () => {
  it.each([
    ['an unknown struct with a field of a known name', `{'srcaddr': 'x', 'end': 2} AS meta`],
    ['an unknown list', '[1, 2] AS tags'],
    ['an unknown map', `MAP {'a': 1} AS labels`],
    ['an unknown list of structs', `[{'bytes': 1}] AS parts`],
    [
      'unknown columns of every other type',
      `1.5 AS a, DATE '2026-01-01' AS b, true AS c, '\\x01'::BLOB AS d, NULL AS e`,
    ],
    [
      'smaller and unsigned numbers',
      '6::UTINYINT AS protocol, 1::SMALLINT AS version, 7::UINTEGER AS packets',
    ],
    ['names in other case', `'eni-0a' AS "Interface_ID", 5::BIGINT AS "BYTES"`],
    ['names with hyphens', `'eni-0a' AS "interface-id"`],
    ['a name with blanks and quotes', `1 AS "it's ""odd"" ($path) é"`],
    ['the name that DuckDB gives to the file', `'x' AS filename, 'y' AS file_row_number`],
  ])('%s', async (_, more) => {
    expect(await besideText(parquetOf(more))).toMatchObject({ rows: [[1n], [2n]], reason: undefined });
  });
});

describe('columns of Parquet by which a file is refused, by their name', () => {
  it.each([
    [`['203.0.113.9'] AS pkt_srcaddr`, 'holds `pkt_srcaddr` as VARCHAR[], not as text'],
    [`{'a': 1} AS action`, 'holds `action` as STRUCT(a INTEGER), not as text'],
    ['12345678901 AS account_id', 'holds `account_id` as BIGINT, not as text'],
    ['1.5::DOUBLE AS bytes', 'holds `bytes` as DOUBLE, not as a number'],
    ['[1] AS bytes', 'holds `bytes` as INTEGER[], not as a number'],
    [`'6' AS protocol`, 'holds `protocol` as text, not as a number'],
    [`'a' AS "my-field", 'b' AS my_field`, 'names the column `my-field` twice'],
    [`'a' AS weight, 'b' AS "weight "`, undefined],
    [`'a' AS "--"`, 'has a column without a name'],
  ])('%s', async (more, reason) => {
    const read = await besideText(parquetOf(more));
    expect(read.reason).toBe(reason);
    expect(read.rows).toContainEqual([1n]);
  });

  it('times that are no whole numbers', async () => {
    const sql = parquetOf('').replace(`${NOON}::BIGINT`, `TIMESTAMP '2026-03-05 12:00:00'`);
    expect((await besideText(sql)).reason).toBe('holds `start` as TIMESTAMP, not as a number');
  });

  it.each(['srcaddr', 'SrcAddr'])('a column that is there twice, also as %s', async (name) => {
    const patch = (bytes: string) => bytes.replaceAll('srcaddX', name);
    const read = await besideText(parquetOf(`'10.0.0.9' AS srcaddX`), patch);
    expect(read).toMatchObject({ rows: [[1n]], reason: 'names the column `srcaddr` twice' });
  });
});

describe('files that have a field together', () => {
  const FIELDS = [...DEFAULT_FORMAT, 'quantum-state', 'weight'];
  const odd = { 'quantum-state': 'up', weight: '007' };

  it('also an unknown one, are read into one column, from text and from Parquet', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [{ ...GOOD, ...odd }], { fields: FIELDS });
    await writeLog(join(folder, 'a.parquet'), FIELDS, [lineOf({ ...OTHER, ...odd }, FIELDS)]);
    const { rows, fields } = await readBoth(folder, 'srcport, quantum_state, weight');
    expect(rows).toEqual([
      [1n, 'up', '007'],
      [2n, 'up', '007'],
    ]);
    expect(fields.filter((field) => /quantum|weight/.test(field))).toEqual(['quantum-state', 'weight']);
  });

  it('are read whatever the case and the signs between the words of their headers', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [{ ...GOOD, ...odd }], { fields: FIELDS });
    const header = FIELDS.map((field) => field.toUpperCase().replaceAll('-', '_')).join(' ');
    await writeBytes(
      join(folder, 'loud.log.gz'),
      gzipSync(`${header}\n${lineOf({ ...OTHER, ...odd }, FIELDS)}\n`),
    );
    const { rows, fields, reason } = await readBoth(folder, 'srcport, interface_id, quantum_state');
    expect(reason).toBeUndefined();
    expect(rows).toEqual([1n, 2n].map((port) => [port, 'eni-0a0a0a0a0a0a0a0a0', 'up']));
    expect(fields).toEqual(FIELDS);
  });

  it('of different types in Parquet are read each as it is', async () => {
    const folder = await tempFolder();
    const duckdb = await DuckDBInstance.create(':memory:');
    const connection = await duckdb.connect();
    for (const [name, type, bytes] of [
      ['a', 'INTEGER', 5],
      ['b', 'BIGINT', 5_000_000_000],
    ] as const) {
      const sql = parquetOf(`${bytes}::${type} AS bytes, ${bytes}::${type} AS weight`);
      await connection.run(`COPY (${sql}) TO '${folder}/${name}.parquet'`);
    }
    duckdb.closeSync();
    const { rows } = await readBoth(folder, 'bytes, weight');
    expect(rows.toSorted()).toEqual([
      [5n, '5'],
      [5_000_000_000n, '5000000000'],
    ]);
  });
});

describe('a header of text', () => {
  it.each([
    [
      'that names two fields alike',
      ['my-field', 'my_field'],
      'names the field "my_field" twice in its header',
    ],
    ['that names a field twice in other case', ['SRCADDR'], 'names the field "SRCADDR" twice in its header'],
    ['with a word without letters', ['--'], 'has a field without a name in its header'],
  ])('%s is refused, and the rest is answered', async (_, more, reason) => {
    const folder = await tempFolder();
    await writeLake(folder, [GOOD]);
    const fields = [...DEFAULT_FORMAT, ...more];
    await writeBytes(join(folder, 'odd.log'), logText([lineOf(OTHER, fields)], fields));
    expect(await readBoth(folder)).toMatchObject({ rows: [[1n]], reason });
  });

  it('behind a mark of byte order is read', async () => {
    const folder = await tempFolder();
    await writeBytes(join(folder, 'marked.log'), `\ufeff${logText([lineOf(OTHER)])}`);
    expect(await readBoth(folder, 'srcport, version')).toMatchObject({ rows: [[2n, 2n]], reason: undefined });
  });
});
