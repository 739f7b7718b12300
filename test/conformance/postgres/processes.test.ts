import { describe } from 'vitest';
import { describeProcesses } from '../../contract/processes.ts';
import { givenPostgres, hasPostgres, openDatabaseUntilEnd } from './given-postgres.ts';

describe.runIf(hasPostgres())('a database of PostgreSQL', () => {
  const server = givenPostgres();
  describeProcesses('of PostgreSQL', {
    newPlace: () => server().newDatabase(),
    open: openDatabaseUntilEnd,
  });
});
