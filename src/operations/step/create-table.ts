import { UserError } from '../../core/errors.ts';
import { compareTables } from '../../core/lake/find-table.ts';
import { defineStep } from './define-step.ts';
import { TABLE_SPEC } from './table-spec.ts';

/** Makes the table and looks at what stands there then: `IF NOT EXISTS` is content with a table of any shape. */
export const createTable = defineStep('create-table', TABLE_SPEC, async (spec, { cloud, signal }) => {
  await cloud.tables.createTable(spec, signal);
  const stored = await cloud.tables.table(spec.database, spec.name, signal);
  if (stored === undefined)
    throw new UserError(`The table \`${spec.name}\` was made and is not there.`, {
      hint: 'Go on to try again.',
    });
  const [difference] = compareTables(spec, stored);
  if (difference !== undefined)
    throw new UserError(`A table \`${spec.name}\` of another shape stands there: ${difference}.`, {
      hint: 'Plan `table` again: it shows the difference and what to do.',
    });
  return { words: `Table ${spec.database}.${spec.name} reads ${spec.location}`, facts: { table: spec.name } };
});
