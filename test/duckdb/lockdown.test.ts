import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDuckdb } from '../../src/duckdb/open-duckdb.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLocalLake, tempFolder } from '../support/open-local-lake.ts';
import { writeBytes, writeLake } from '../support/write-lake.ts';

/** Statements over a lake `LAKE`, next to a folder `OUTSIDE` with a file. */
const ATTACKS = [
  `SELECT * FROM read_csv('/etc/passwd')`,
  `SELECT * FROM read_text('OUTSIDE/secret.txt')`,
  `SELECT * FROM read_blob('OUTSIDE/secret.txt')`,
  `SELECT * FROM read_json('OUTSIDE/secret.txt')`,
  `SELECT * FROM 'OUTSIDE/secret.txt'`,
  `SELECT * FROM read_text('LAKE/../OUTSIDE_NAME/secret.txt')`,
  `SELECT * FROM read_text('LAKE/./../OUTSIDE_NAME/secret.txt')`,
  `SELECT * FROM glob('/etc/*')`,
  `SELECT * FROM glob('LAKE/../*')`,
  `SELECT * FROM parquet_schema('OUTSIDE/secret.txt')`,
  `SELECT * FROM sniff_csv('OUTSIDE/secret.txt')`,
  `SELECT * FROM read_csv('http://127.0.0.1:PORT/x.csv')`,
  `SELECT * FROM read_parquet('s3://bucket/x.parquet')`,
  `COPY (SELECT 1) TO 'OUTSIDE/written.csv'`,
  `EXPORT DATABASE 'OUTSIDE/exported'`,
  `ATTACH 'OUTSIDE/database.db'`,
  'INSTALL inet',
  'INSTALL httpfs FROM community',
  'LOAD inet',
  `LOAD 'OUTSIDE/secret.txt'`,
  `SET allowed_directories = ['/']`,
  'SET enable_external_access = true',
  'SET lock_configuration = false',
  'RESET lock_configuration',
  `SET memory_limit = '100GB'`,
  'SET threads = 64',
  `SET temp_directory = '/tmp'`,
  `SELECT getenv('HOME')`,
];

/** What DuckDB itself allows below the lake, and the engine does not. */
const WRITES = [
  `COPY (SELECT 1) TO 'LAKE/written.csv'`,
  `EXPORT DATABASE 'LAKE/exported'`,
  `ATTACH 'LAKE/database.db'`,
  `ATTACH ':memory:' AS other`,
  'CREATE TABLE mine (a integer)',
  'DROP VIEW flow_records',
  'SELECT 1; DROP VIEW flow_records',
  `SET VARIABLE x = 1`,
  'CHECKPOINT',
  'PRAGMA enable_profiling',
];

/** A lake, and a folder next to it with a file; and a web server that counts requests. */
async function target() {
  const [lake, outside] = [await tempFolder(), await tempFolder('outside')];
  await writeLake(lake, [flow(NOON)]);
  await writeBytes(join(outside, 'secret.txt'), 'secret\n');
  let asked = 0;
  const server = createServer((_, response) => {
    asked += 1;
    response.end('a\n1\n');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const fill = (sql: string) =>
    sql
      .replaceAll('LAKE', lake)
      .replaceAll('OUTSIDE_NAME', outside.split('/').at(-1) ?? '')
      .replaceAll('OUTSIDE', outside)
      .replaceAll('PORT', port);
  return { lake, outside, fill, timesAsked: () => asked };
}

describe('DuckDB, once it is open', () => {
  it('refuses every file but the lake’s, every address, extension and setting', async () => {
    const { lake, outside, fill, timesAsked } = await target();
    const options = {
      lakeFolder: lake,
      spillFolder: await tempFolder('spill'),
      memoryLimitMb: 256,
      threads: 2,
    };
    const connection = await (await openDuckdb(options)).connect();
    const passed: string[] = [];
    for (const attack of ATTACKS) {
      await connection.run(fill(attack)).then(
        () => passed.push(attack),
        () => undefined,
      );
    }
    connection.closeSync();
    expect(passed).toEqual([]);
    expect(timesAsked()).toBe(0);
    expect(await readdir(outside)).toEqual(['secret.txt']);
  });
});

describe('the engine', () => {
  it('runs nothing that writes, also not below the lake, and goes on answering', async () => {
    const { lake, fill } = await target();
    const before = await readdir(lake, { recursive: true });
    const { rows } = await openLocalLake(lake);
    for (const sql of [...ATTACKS, ...WRITES]) {
      await expect(rows(fill(sql)), sql).rejects.toMatchObject({ name: 'EngineError' });
    }
    expect(await readdir(lake, { recursive: true })).toEqual(before);
    expect((await rows('SELECT count(*) AS n FROM flow_records')).rows).toEqual([[1n]]);
  });

  it('does not show the lake’s other files to a question', async () => {
    const { lake } = await target();
    await writeBytes(
      join(lake, 'notes.log'),
      `version account-id interface-id start end\n2 - - ${NOON} ${NOON}\n`,
    );
    const { rows } = await openLocalLake(lake);
    expect((await rows('SELECT count(*) AS n FROM flow_records')).filesRead).toBe(2);
    expect(await readFile(join(lake, 'notes.log'), 'utf8')).toContain('version');
  });
});
