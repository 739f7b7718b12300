import Database from 'libsql';
import { UserError } from '../core/errors.ts';
import { openPlace, type StorePlace } from './open-stores.ts';
import { isBusy } from './sqlite-errors.ts';
import type { StoreDatabase } from './store-database.ts';

/**
 * Refuses a place that another flowlog process works on, of whatever machine: it would write what a copy does not have.
 * @throws UserError @throws StoreError where the place cannot be opened.
 */
export async function refuseInUse(place: StorePlace, now: Date): Promise<void> {
  if ('path' in place) {
    if (isOpenElsewhere(place.path)) throw inUse('Another process has the file open');
    return;
  }
  const { flowlogsOn } = await import('./postgres.ts');
  if ((await flowlogsOn(place.databaseUrl)) > 0)
    throw inUse('Another flowlog process is connected to the database');
  const database = await openPlace(place);
  try {
    const held = await heldAt(database, now);
    if (held > 0) throw inUse('Another flowlog process was answering questions less than half a minute ago');
  } finally {
    await database.close();
  }
}

function inUse(what: string): UserError {
  return new UserError(`${what}, so that what it writes would be missing.`, {
    hint: 'Stop flowlog on all machines, and type this again.',
  });
}

/** SQLite leaves the mode of a write-ahead log only where nothing else has the file open, whether it writes or not. */
function isOpenElsewhere(path: string): boolean {
  const opened = new Database(path, { timeout: 0 });
  try {
    opened.prepare('PRAGMA journal_mode = DELETE').all();
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    opened.close();
  }
}

/** How many questions in flight belong to a process. */
async function heldAt({ db }: StoreDatabase, now: Date): Promise<number> {
  const { held } = await db
    .selectFrom('question')
    .select(({ fn }) => fn.countAll<number>().as('held'))
    .where('outcome', 'is', null)
    .where('lease_ms', '>', now.getTime())
    .executeTakeFirstOrThrow();
  return held;
}
