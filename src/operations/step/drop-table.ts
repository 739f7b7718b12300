import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { isOurTable } from '../plan/find/ownership.ts';
import { defineStep } from './define-step.ts';

/** Drops a table of flowlog, looked at once more before it goes; its files stay. */
export const dropTable = defineStep(
  'drop-table',
  z.object({ database: z.string(), name: z.string() }),
  async ({ database, name }, { cloud, signal }) => {
    const stored = await cloud.tables.table(database, name, signal);
    if (stored === undefined) return { words: `Table ${database}.${name} is gone already` };
    if (!isOurTable(stored))
      throw new UserError(`The table \`${database}.${name}\` is not one that flowlog made.`, {
        hint: 'It was left as it is.',
      });
    await cloud.tables.dropTable(database, name, signal);
    return { words: `Table ${database}.${name} is gone; the files are still there` };
  },
);
