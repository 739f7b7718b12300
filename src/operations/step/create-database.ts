import { z } from 'zod';
import { defineStep } from './define-step.ts';

/** Makes the database of the tables. */
export const createDatabase = defineStep(
  'create-database',
  z.object({ database: z.string() }),
  async ({ database }, { cloud, signal }) => {
    await cloud.tables.createDatabase(database, signal);
    return { words: `Database ${database} is there` };
  },
);
