import type { Stores } from '../core/operation/stores.ts';
import { createAudit } from './audit-trail.ts';
import { createEndings } from './flow-log-endings.ts';
import { createScans } from './kept-scans.ts';
import { createBeat, forgetProcess } from './live-processes.ts';
import { createNameSpans } from './name-spans.ts';
import { createJournal } from './operations-journal.ts';
import { createQuestions, leaseUntil, type Owner, unknownTime } from './questions.ts';
import { openSqliteFile } from './sqlite-file.ts';
import type { StoreDatabase } from './store-database.ts';

/** Where the stores are: a file of SQLite, or a database of PostgreSQL by `postgres://user:password@host/database`. */
export type StorePlace = { readonly path: string } | { readonly databaseUrl: string };

/**
 * Opens all that survives a restart, with the tables of this version. Every write is safe before its call returns, so that
 * a question survives the process being killed right after.
 * @throws StoreError when the place cannot be used, with what to do.
 */
export async function openStores(place: StorePlace, whose: Owner = { owner: '' }): Promise<Stores> {
  return storesOf(await openPlace(place), whose);
}

/** Opens the database of a place. */
export async function openPlace(place: StorePlace): Promise<StoreDatabase> {
  if ('path' in place) return openSqliteFile(place.path);
  // Loaded here, because most processes have no server.
  const { openPostgres } = await import('./postgres.ts');
  return openPostgres(place.databaseUrl);
}

/** The stores over an open database. */
export function storesOf(database: StoreDatabase, whose: Owner): Stores {
  return {
    store: createQuestions(database, whose),
    journal: createJournal(database, whose.now ?? unknownTime),
    endings: createEndings(database),
    names: createNameSpans(database),
    scans: createScans(database),
    audit: createAudit(database),
    backup: (path) => database.backup(path),
    beat: createBeat(database, whose.owner),
    async close() {
      try {
        await leaseUntil(database.db, whose.owner, 0);
        await forgetProcess(database, whose.owner);
      } finally {
        await database.close();
      }
    },
  };
}
