import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import { compareTables } from '../../core/lake/find-table.ts';
import { plural } from '../../core/wording.ts';
import { isOurTable } from './ownership.ts';
import { defineStep } from './step.ts';

const COLUMN = z.object({ name: z.string(), type: z.string() });

/** A table, as a plan writes it down. */
export const TABLE_SPEC = z.object({
  database: z.string(),
  name: z.string(),
  columns: z.array(COLUMN),
  partitionKeys: z.array(COLUMN),
  format: z.enum(['text', 'parquet']),
  location: z.string(),
  properties: z.record(z.string(), z.string()),
});

/** Makes the workgroup in which questions run: results in one place, encrypted, and a limit on each scan. */
export const createWorkgroup = defineStep(
  'create-workgroup',
  z.object({ name: z.string(), resultLocation: z.string(), scanLimitBytes: z.number() }),
  async (wanted, { cloud, signal }) => {
    await cloud.tables.createWorkgroup(wanted, signal);
    return { words: `Workgroup ${wanted.name} is there; results go to ${wanted.resultLocation}` };
  },
);

/** Makes the database of the tables. */
export const createDatabase = defineStep(
  'create-database',
  z.object({ database: z.string() }),
  async ({ database }, { cloud, signal }) => {
    await cloud.tables.createDatabase(database, signal);
    return { words: `Database ${database} is there` };
  },
);

/** Makes the table and looks at what is there then: `IF NOT EXISTS` is content with a table of any shape. */
export const createTable = defineStep('create-table', TABLE_SPEC, async (spec, { cloud, signal }) => {
  await cloud.tables.createTable(spec, signal);
  const stored = await cloud.tables.table(spec.database, spec.name, signal);
  if (stored === undefined)
    throw new UserError(`The table \`${spec.name}\` was made and is not there.`, {
      hint: 'Go on to try again.',
    });
  const [difference] = compareTables(spec, stored);
  if (difference !== undefined)
    throw new UserError(`A table \`${spec.name}\` of another shape is there: ${difference}.`, {
      hint: 'Plan `table` again: it shows the difference and what to do.',
    });
  return { words: `Table ${spec.database}.${spec.name} reads ${spec.location}`, facts: { table: spec.name } };
});

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

/** Adds partitions in one statement; those that are there already are left. */
export const addPartitions = defineStep(
  'add-partitions',
  z.object({
    spec: TABLE_SPEC,
    partitions: z.array(z.object({ values: z.array(z.string()), location: z.string() })),
  }),
  async ({ spec, partitions }, { cloud, signal }) => {
    await cloud.tables.addPartitions(spec, partitions, signal);
    return { words: `${plural(partitions.length, 'partition')} added to ${spec.name}` };
  },
);
