import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import type { Cell } from '../../core/columns/column.ts';
import { EngineError } from '../../core/errors.ts';
import type { Engine, Run, Statement } from '../../core/ports/engine.ts';
import type { LakeObject, UnreadObject } from '../../core/ports/scan.ts';
import type { Inspect } from '../lake/inspector.ts';
import { engineError } from './engine-error.ts';
import { type ReadableFile, relationOf } from './relation.ts';

/** What the engine needs from outside. */
export interface DuckdbEngineParts {
  readonly duckdb: DuckDBInstance;
  readonly root: string;
  readonly inspect: Inspect;
  /** Milliseconds on a clock that never goes back. */
  readonly elapsedMs: () => number;
  readonly newId: () => string;
}

interface Chosen {
  readonly files: readonly (ReadableFile & { readonly object: LakeObject })[];
  readonly unread: readonly UnreadObject[];
}

/** The embedded engine: DuckDB over the files of the scan, on threads of its own. */
export function createDuckdbEngine({ duckdb, root, inspect, elapsedMs, newId }: DuckdbEngineParts): Engine {
  async function choose(objects: readonly LakeObject[], signal: AbortSignal): Promise<Chosen> {
    const files: Chosen['files'][number][] = [];
    const unread: UnreadObject[] = [];
    for (const object of objects) {
      const inspection = await inspect(object, signal);
      if ('shape' in inspection)
        files.push({ object, path: join(root, object.key), shape: inspection.shape });
      else unread.push({ key: object.key, slot: object.slot, reason: inspection.reason });
    }
    return { files, unread };
  }

  /** A file that fails while it is read is left out and named, and the rest is read again. */
  async function runOver(
    statement: Statement,
    chosen: Chosen,
    signal: AbortSignal,
  ): Promise<Omit<Run, 'elapsedMs' | 'id'>> {
    try {
      return await execute(duckdb, statement, chosen, signal);
    } catch (error) {
      const message = error instanceof Error ? error.message : '';
      const culprit = chosen.files.find(({ path }) => message.includes(path));
      if (signal.aborted || culprit === undefined || chosen.files.length === 1) throw error;
      const { key, slot } = culprit.object;
      const unread = [...chosen.unread, { key, slot, reason: 'could not be read to its end' }];
      return runOver(statement, { files: chosen.files.filter((file) => file !== culprit), unread }, signal);
    }
  }

  return {
    name: 'duckdb',
    async run(statement, signal) {
      const startedMs = elapsedMs();
      try {
        signal.throwIfAborted();
        const chosen = await choose(statement.scan.objects, signal);
        if (chosen.files.length === 0)
          throw new EngineError('broken', 'none of the files can be read any more');
        const run = await runOver(statement, chosen, signal);
        return { ...run, elapsedMs: elapsedMs() - startedMs, id: newId() };
      } catch (error) {
        throw engineError(error, signal);
      }
    },
  };
}

async function execute(
  duckdb: DuckDBInstance,
  { text, bound, scan }: Statement,
  { files, unread }: Chosen,
  signal: AbortSignal,
): Promise<Omit<Run, 'elapsedMs' | 'id'>> {
  const connection = await duckdb.connect();
  const stop = () => connection.interrupt();
  signal.addEventListener('abort', stop);
  try {
    await connection.run(`CREATE TEMP VIEW "${scan.source.table}" AS ${relationOf(files)}`);
    signal.throwIfAborted();
    const result = await connection.runAndReadAll(text, [...bound]);
    return {
      columns: result.columnNames(),
      rows: result.getRows().map((row) => row.map(cellOf)),
      scannedBytes: files.reduce((sum, { object }) => sum + object.bytes, 0),
      filesRead: files.length,
      reused: false,
      unread,
      unreadableLines: await rejectedLines(connection),
    };
  } finally {
    signal.removeEventListener('abort', stop);
    connection.closeSync();
  }
}

/** DuckDB keeps what did not fit in a table of the connection, which exists once a text file was read. */
async function rejectedLines(connection: DuckDBConnection): Promise<number> {
  const tables = await connection.runAndReadAll(
    `SELECT 1 FROM duckdb_tables() WHERE table_name = 'reject_errors'`,
  );
  if (tables.currentRowCount === 0) return 0;
  const counted = await connection.runAndReadAll('SELECT count(DISTINCT (file_id, line)) FROM reject_errors');
  return Number(counted.getRows()[0]?.[0] ?? 0);
}

function cellOf(value: DuckDBValue): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return value;
  throw new EngineError('broken', `the engine returned a ${typeof value}, which no column holds`);
}
