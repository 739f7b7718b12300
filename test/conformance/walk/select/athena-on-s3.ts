import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EntityNotFoundException, type Table } from '@aws-sdk/client-glue';
import { EngineError } from '../../../../src/core/errors.ts';
import type { Engine, ResultPart, Run } from '../../../../src/core/ports/engine.ts';
import { openDuckdb } from '../../../../src/local/duckdb/open-duckdb.ts';
import { runSelect } from '../../../../src/local/duckdb/run-select.ts';
import { type Collected, collecting } from '../../../support/collected.ts';
import { type NamedTable, namedTables } from './named-partitions.ts';
import { type Catalog, type StoredFile, storedFiles } from './stored-files.ts';
import { type FileOnDisk, filesName, tableView } from './table-view.ts';

/** What running a SELECT needs. */
export interface AthenaOnS3 extends Catalog {
  /** Where files are put for DuckDB. */
  readonly folder: string;
}

/**
 * Runs SELECTs as Athena would: over the tables and partitions that stand in Glue and the files that stand in S3, both
 * asked for through the SDK. What was scanned is the files of the partitions that the statement names, whole.
 */
export function createAthenaOnS3(parts: AthenaOnS3): Engine {
  return {
    name: 'duckdb',
    async run({ text }, take) {
      try {
        const { columns, rows, ...facts } = await run(text, parts);
        await take({ columns, rows });
        return facts;
      } catch (error) {
        throw error instanceof EngineError ? error : new EngineError('rejected', String(error));
      }
    },
  };
}

async function run(text: string, parts: AthenaOnS3): Promise<Collected> {
  const named = namedTables(text);
  const tables = await Promise.all(named.map((each) => tableOf(each, parts)));
  const read = await Promise.all(tables.map((table) => fetchAll(table, parts)));
  const folders = { lakeFolder: parts.folder, spillFolder: join(parts.folder, 'spill') };
  const duckdb = await openDuckdb({ ...folders, memoryLimitMb: 256, threads: 1 });
  const connection = await duckdb.connect();
  try {
    for (const [index, table] of tables.entries())
      for (const statement of tableView(table, read[index] ?? [])) await connection.run(statement);
    let scannedBytes = 0;
    for (const [index, { condition }] of named.entries())
      scannedBytes += await bytesOf(connection, tables[index], condition);
    return { ...NOTHING, ...(await selected(connection, text)), scannedBytes };
  } finally {
    connection.closeSync();
    duckdb.closeSync();
  }
}

const NOTHING: Omit<Run, 'scannedBytes'> = {
  filesRead: 0,
  elapsedMs: 0,
  reused: false,
  id: '',
  unread: [],
  unreadableLines: 0,
};

async function tableOf({ database, name }: NamedTable, { glue }: Catalog): Promise<Table> {
  const { Table: table } = await glue
    .getTable({ DatabaseName: database, Name: name })
    .catch((error: unknown) => {
      if (!(error instanceof EntityNotFoundException)) throw error;
      return { Table: undefined };
    });
  if (table === undefined) throw new EngineError('rejected', `Table with name ${name} does not exist`);
  return { ...table, DatabaseName: database, Name: name };
}

async function fetchAll(table: Table, parts: AthenaOnS3): Promise<readonly FileOnDisk[]> {
  const files = await storedFiles(table, parts);
  return Promise.all(files.map(async (file) => ({ ...file, path: await fetched(file, parts) })));
}

async function fetched({ bucket, key }: StoredFile, { s3, folder }: AthenaOnS3): Promise<string> {
  const path = join(folder, bucket, key);
  await mkdir(dirname(path), { recursive: true });
  const { Body } = await s3.getObject({ Bucket: bucket, Key: key });
  await writeFile(path, (await Body?.transformToByteArray()) ?? '');
  return path;
}

type Connection = Parameters<typeof runSelect>[0];

async function selected(connection: Connection, text: string): Promise<ResultPart> {
  const { take, all } = collecting();
  const handOn = await runSelect(connection, { text, bound: [] });
  await handOn(take, new AbortController().signal);
  return all();
}

async function bytesOf(connection: Connection, table: Table | undefined, condition: string): Promise<number> {
  if (table === undefined) return 0;
  const text = `SELECT coalesce(sum(bytes), 0) FROM ${filesName(table)} WHERE ${condition}`;
  const { rows } = await selected(connection, text);
  return Number(rows[0]?.[0] ?? 0);
}
