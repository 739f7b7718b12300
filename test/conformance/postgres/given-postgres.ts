import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Stores } from '../../../src/core/operation/stores.ts';
import { openStores } from '../../../src/store/open-stores.ts';
import { type PostgresServer, postgresPrograms, startPostgres } from '../../support/postgres-server.ts';

/** Whether these suites can run: where PostgreSQL is not installed they are skipped aloud, and in CI they fail. */
export function hasPostgres(): boolean {
  const isThere = postgresPrograms() !== undefined;
  if (isThere) return true;
  if (process.env.CI) throw new Error('PostgreSQL is not installed: `apt-get install postgresql`');
  console.warn('SKIPPED: PostgreSQL is not installed, so that its stores are not tested.');
  return false;
}

/** A server for the tests of one file. */
export function givenPostgres(): () => PostgresServer {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startPostgres(postgresPrograms() ?? '');
  });
  afterAll(() => server?.stop());
  return () => {
    if (server === undefined) throw new Error('the server has not started');
    return server;
  };
}

/** Opens stores until the test ends. */
export async function openDatabaseUntilEnd(databaseUrl: string, owner = 'one'): Promise<Stores> {
  const stores = await openStores({ databaseUrl }, { owner });
  onTestFinished(() => stores.close().catch(() => undefined));
  return stores;
}
