import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import Database from 'libsql';
import { StoreError, UserError } from '../core/errors.ts';
import { migrate } from './migrations.ts';
import { writeNewFile } from './new-file.ts';
import { damagedError, refuseDamaged, refuseHeadless } from './sqlite-damage.ts';
import { sqliteDialect } from './sqlite-driver.ts';
import { isBusy, lockedError, sqliteError } from './sqlite-errors.ts';
import type { ColumnTypes, StoreDatabase } from './store-database.ts';
import type { StoreTables } from './tables.ts';

/** SQLite's types; STRICT refuses a value of another one. */
const TYPES: ColumnTypes = {
  text: 'text',
  whole: 'integer',
  real: 'real',
  serial: 'integer',
  strict: sql`strict`,
};

/**
 * Opens the file, and creates it with its folder where it is missing, readable by its user alone. A file of an earlier
 * version gets the tables of this one. Every write is on disk before it returns. `:memory:` keeps nothing.
 * @throws StoreError where it is damaged, which leaves a copy of it, or a newer version has written it.
 */
export async function openSqliteFile(path: string): Promise<StoreDatabase> {
  if (path === ':memory:') {
    const database = sqliteDatabase(new Database(path), path);
    await migrate(database, 'The memory');
    return database;
  }
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    if (!existsSync(path)) await createFile(path);
    const database = sqliteDatabase(await openChecked(path), path);
    try {
      await migrate(database, `\`${path}\``);
      // Nothing is deleted: a disk that can only be read is found before anything is asked.
      await database.db.deleteFrom('name_site').where('seen_ms', '<', 0).execute();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  } catch (error) {
    throw sqliteError(error, path);
  }
}

/** The stores' database over an open connection, which must not wait by itself for a file that is held. */
export function sqliteDatabase(opened: Database.Database, path: string): StoreDatabase {
  const db = new Kysely<StoreTables>({ dialect: sqliteDialect(opened, path) });
  return {
    db,
    types: TYPES,
    schema: undefined,
    // Transactions of SQLite follow each other, whatever their keys.
    alone: (_, work) => db.transaction().execute(work),
    hold: async () => {},
    backup: (target) => writeBackup(db, target),
    close: () => db.destroy(),
  };
}

/**
 * Makes an empty database in another place first: a file of this name is a whole one from the beginning, so that one of
 * no bytes is known to be damaged.
 */
async function createFile(path: string): Promise<void> {
  await writeNewFile(path, async (file) => {
    const database = sqliteDatabase(new Database(file), file);
    try {
      await migrate(database, `\`${path}\``);
    } finally {
      await database.close();
    }
  });
}

/** @throws StoreError where what is in the file does not fit together; a copy is made of it then. */
async function openChecked(path: string): Promise<Database.Database> {
  refuseHeadless(path);
  const opened = new Database(path, { timeout: 0 });
  try {
    await whenNotHeld(path, () => opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'));
    await whenNotHeld(path, () => refuseDamaged(opened, path));
    return opened;
  } catch (error) {
    const known = sqliteError(error, path);
    const isNews = known instanceof StoreError && known.code === 'damaged' && known !== error;
    const words = isNews ? damagedError(path, error) : known;
    opened.close();
    throw words;
  }
}

/** How long another process may hold the file before a start gives up. */
const BUSY_MS = 5_000;

async function whenNotHeld(path: string, work: () => void): Promise<void> {
  const everyMs = 20;
  for (let waitedMs = 0; ; waitedMs += everyMs) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (waitedMs >= BUSY_MS) throw lockedError(path, error);
    }
    await sleep(everyMs);
  }
}

async function writeBackup(db: Kysely<StoreTables>, target: string): Promise<void> {
  const isThere = new UserError(`\`${target}\` is there already.`, {
    hint: 'Give the name of a file that does not exist: a backup never replaces one.',
  });
  if (existsSync(target)) throw isThere;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    // SQLite fills an empty file, and would make one that others can read.
    if (!(await writeNewFile(target, async (file) => void (await sql`vacuum into ${file}`.execute(db)))))
      throw isThere;
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    throw new UserError(`\`${target}\` cannot be written (${code}).`, {
      hint: 'Give a file in a folder in which flowlog may write, on a disk with room for it.',
    });
  }
}

/** What the operating system says, such as `EACCES`; undefined for other errors. */
function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  return String(error.code);
}
