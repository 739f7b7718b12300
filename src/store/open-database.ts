import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { SCHEMA } from './schema.ts';

/** How long a second process may hold the file before a write gives up. */
const BUSY_MS = 5_000;

/** Opens the file, with its folder and tables made when they are not there; every write is on disk before it returns. */
export function openDatabase(path: string): Database.Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new Database(path, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec(SCHEMA);
  return database;
}
