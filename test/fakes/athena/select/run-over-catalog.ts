import type { Engine, ResultPart, Run } from '../../../../src/core/answer/engine.ts';
import { EngineError } from '../../../../src/core/errors.ts';
import { type Duckdb, openDuckdb } from '../../../../src/duckdb/open-duckdb.ts';
import { runSelect } from '../../../../src/duckdb/run-select.ts';
import { type Collected, collecting } from '../../../support/collected.ts';
import { type NamedTable, namedTables } from './named-partitions.ts';
import { type Catalog, storedFiles, type TableInGlue } from './stored-files.ts';
import { type FileOnDisk, filesName, tableFiles, tableView } from './table-view.ts';

/** Where DuckDB works. */
export interface WorkFolders {
  /** All files are below it. */
  readonly lakeFolder: string;
  readonly spillFolder: string;
}

/**
 * Runs SELECTs as Athena would: over the tables and partitions of a catalog and the files there. What was
 * scanned is the files of the partitions that the statement names, whole; only those that it names, where it does.
 */
export function runOverCatalog(catalog: Catalog, folders: WorkFolders): Engine & { close(): void } {
  const idle: Duckdb[] = [];
  return {
    name: 'duckdb',
    bills: false,
    close() {
      for (const duckdb of idle.splice(0)) duckdb.closeSync();
    },
    async run({ text }, take) {
      try {
        // To open one takes longer than most statements: it is kept for the next.
        const duckdb = idle.pop() ?? (await openDuckdb({ ...folders, memoryLimitMb: 256, threads: 1 }));
        const { columns, rows, ...facts } = await run(text, catalog, duckdb).finally(() => idle.push(duckdb));
        await take({ columns, rows });
        return facts;
      } catch (error) {
        throw error instanceof EngineError ? error : new EngineError('rejected', String(error));
      }
    },
  };
}

/** What is made for a statement goes away with its transaction. */
async function run(text: string, catalog: Catalog, duckdb: Duckdb): Promise<Collected> {
  const named = namedTables(text);
  const tables = await Promise.all(named.map((each) => tableOf(each, catalog)));
  const read = await Promise.all(tables.map((table) => filesOf(table, catalog)));
  const connection = await duckdb.connect();
  try {
    await connection.run('BEGIN TRANSACTION');
    let scannedBytes = 0;
    for (const [index, table] of tables.entries()) {
      const files = read[index] ?? [];
      for (const statement of tableFiles(table, files)) await connection.run(statement);
      const opened = await openedOf(connection, table, named[index]?.condition ?? 'TRUE');
      const left = files.filter(({ path }) => opened.has(path));
      await connection.run(tableView(table, left));
      scannedBytes += left.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    return { ...NOTHING, ...(await selected(connection, text)), scannedBytes };
  } finally {
    await connection.run('ROLLBACK');
    connection.closeSync();
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

async function tableOf({ database, name }: NamedTable, catalog: Catalog): Promise<TableInGlue> {
  const table = await catalog.table(database, name);
  if (table === undefined) throw new EngineError('rejected', `Table with name ${name} does not exist`);
  return table;
}

async function filesOf(table: TableInGlue, catalog: Catalog): Promise<readonly FileOnDisk[]> {
  const files = await storedFiles(table, catalog);
  return Promise.all(
    files.map(async (file) => ({
      ...file,
      url: `s3://${file.bucket}/${file.key}`,
      path: await catalog.pathOf(file),
    })),
  );
}

type Connection = Parameters<typeof runSelect>[0];

async function selected(connection: Connection, text: string): Promise<ResultPart> {
  const { take, all } = collecting();
  const handOn = await runSelect(connection, { text, bound: [] });
  await handOn(take, new AbortController().signal);
  return all();
}

/** The files that are left when partitions, and files where the statement names them, were pruned. */
async function openedOf(
  connection: Connection,
  table: TableInGlue,
  condition: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await selected(connection, `SELECT path FROM ${filesName(table)} WHERE ${condition}`);
  return new Set(rows.map(([path]) => String(path)));
}
