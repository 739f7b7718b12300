import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { LATER_COLUMNS, SCHEMA } from './schema.ts';

/** How long a second process may hold the file before a write gives up. */
const BUSY_MS = 5_000;

/** Opens the file, with its folder and tables made when they are not there, for nobody else to read; every write is on disk before it returns. */
export function openDatabase(path: string): Database.Database {
  if (path !== ':memory:') makePrivateFile(path);
  const database = new Database(path, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec(SCHEMA);
  addLaterColumns(database);
  return database;
}

/** SQLite gives the files that it puts next to a database the mode of the database. */
function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

const COLUMNS = z.array(z.object({ name: z.string() }));

function addLaterColumns(database: Database.Database): void {
  for (const [table, columns] of Object.entries(LATER_COLUMNS)) {
    const there = COLUMNS.parse(database.prepare(`PRAGMA table_info(${table})`).all());
    for (const [name, type] of Object.entries(columns))
      if (!there.some((column) => column.name === name))
        database.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
  }
}
