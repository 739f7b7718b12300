import { z } from 'zod';
import { defineStep } from './define-step.ts';

/** Drops a table of flowlog; its files stay. */
export const dropTable = defineStep(
  'drop-table',
  z.object({ database: z.string(), name: z.string() }),
  async ({ database, name }, { cloud, signal }) => {
    await cloud.tables.dropTable(database, name, signal);
    return { words: `Table ${database}.${name} is gone; the files are still there` };
  },
);
