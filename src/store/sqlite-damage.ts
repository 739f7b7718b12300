import { isUtf8 } from 'node:buffer';
import { closeSync, copyFileSync, existsSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import type Database from 'libsql';
import { StoreError } from '../core/errors.ts';

/**
 * Reads all pages, compares each index with its table, and looks whether all text is text. What it does not find: another
 * value of the same kind in a column that no index has, and commits that a damaged write-ahead log has lost.
 * @throws StoreError
 */
export function refuseDamaged(database: Database.Database, path: string): void {
  const valuesOf = (sql: string): readonly unknown[] => database.prepare(sql).pluck().all();
  const refuseOtherText = (blobs: readonly unknown[]) => {
    if (!blobs.every((blob) => blob instanceof ArrayBuffer && isUtf8(blob)))
      throw damagedError(path, new Error('text is not UTF-8'));
  };
  // libsql ends the process where text is not UTF-8, so all of it is read as bytes first, names of tables too.
  refuseOtherText(valuesOf(textOf('sqlite_schema', ['name', 'tbl_name', 'sql'])));
  const found = valuesOf('PRAGMA integrity_check(1)');
  if (found.length !== 1 || found[0] !== 'ok') throw damagedError(path, new Error(String(found[0])));
  for (const table of valuesOf(`SELECT name FROM sqlite_schema WHERE type = 'table'`)) {
    const columns = valuesOf(`SELECT name FROM pragma_table_info('${String(table).replaceAll("'", "''")}')`);
    refuseOtherText(valuesOf(textOf(quoted(table), columns.map(quoted))));
  }
}

/** All values of a table as bytes, those of some hundred rows in one value: a value for each row takes ten times as long. */
function textOf(table: string, columns: readonly string[]): string {
  const values = columns.map((column) => `coalesce(${column}, '')`).join(` || char(10) || `);
  return `SELECT CAST(group_concat(${values}, char(10)) AS BLOB) FROM ${table} GROUP BY rowid / 500`;
}

function quoted(name: unknown): string {
  return `"${String(name).replaceAll('"', '""')}"`;
}

const HEAD = Buffer.from('SQLite format 3\0');
/** SQLite takes a shorter file for one that was just made, whatever is in it. */
const SHORTEST_BYTES = 512;

/** Refuses a file that does not begin as SQLite's do, the empty one included. @throws StoreError */
export function refuseHeadless(path: string): void {
  const head = Buffer.alloc(HEAD.length);
  const opened = openSync(path, 'r');
  try {
    readSync(opened, head);
  } finally {
    closeSync(opened);
  }
  if (!head.equals(HEAD) || statSync(path).size < SHORTEST_BYTES) throw damagedError(path);
}

/** The error of a file that holds something other than what was written, of which a copy is made. */
export function damagedError(path: string, cause?: unknown): StoreError {
  const copy = copyDamaged(path);
  const kept = copy === undefined ? 'It could not be copied' : `A copy of it is \`${copy}\``;
  return new StoreError(
    'damaged',
    `\`${path}\` is damaged: what it holds cannot be trusted. ${kept}.`,
    `Restore a backup (\`rm ${path} ${path}-wal; cp backup.db ${path}\`), or begin anew without what was asked and set up before (\`rm ${path} ${path}-wal\`).`,
    { cause },
  );
}

/**
 * Copies a damaged file, with what was not yet written into it, once for each state: named after the time of its last
 * write, so that a supervisor that starts again and again does not fill the disk.
 */
function copyDamaged(path: string): string | undefined {
  try {
    const copy = `${path}.damaged-${statSync(path)
      .mtime.toISOString()
      .replaceAll(/[-:]|\.\d+/g, '')}`;
    if (existsSync(copy)) return copy;
    for (const part of hasLog(path) ? ['-wal', ''] : ['']) {
      copyFileSync(path + part, `${copy}${part}.new`);
      renameSync(`${copy}${part}.new`, copy + part);
    }
    return copy;
  } catch {
    // The disk is full, or the folder may only be read.
    return undefined;
  }
}

/** Whether something is in the write-ahead log that is not yet in the file. */
function hasLog(path: string): boolean {
  return existsSync(`${path}-wal`) && statSync(`${path}-wal`).size > 0;
}
