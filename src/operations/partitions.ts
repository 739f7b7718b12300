import { UserError } from '../core/errors.ts';
import type { SlotRange } from '../core/flow-log/slots.ts';
import { tableWords } from '../core/lake/adopted-table.ts';
import { compareTables } from '../core/lake/find-table.ts';
import type { S3Source } from '../core/lake/log-source.ts';
import { knownPartitions, type PartitionOf, partitionCount, partitionsOf } from '../core/lake/partitions.ts';
import { modeOf, tableFor } from '../core/lake/table-for.ts';
import type { StoredTable } from '../core/lake/tables.ts';
import { optional } from '../core/line/argument.ts';
import { defineOperation, type OperationContext } from '../core/operation/operation.ts';
import type { Plan } from '../core/operation/plan.ts';
import { partitionBatches, type TablePartition } from '../core/sql/hive-ddl.ts';
import { slotRangeOf } from '../core/time/window.ts';
import { plural, showInteger } from '../core/wording.ts';
import { dateRange, sourceName } from './arguments/names.ts';
import { findSource } from './plan/find-source.ts';
import { addingPartitions } from './plan/plan-table.ts';

/** More at once is a mistake, or a table that should work its partitions out by itself. */
const MOST_AT_ONCE = 10_000;

export const partitions = defineOperation({
  name: 'partitions',
  summary: 'Add the partitions of some days to the table of a flow log',
  about:
    'Only for a table made with `mode=partitions`: any other works its partitions out by itself. Days are UTC, as the ' +
    'folders are; a window works too. Only partitions with files are added, and those that are there already are left. ' +
    'Adding is free. `MSCK REPAIR` is never used: it reads every folder, and plain layouts not at all.',
  windowed: 'optional',
  args: { flowlog: optional(sourceName()), dates: optional(dateRange()) },

  async act({ flowlog, dates }, context): Promise<Plan> {
    const source = await findSource(flowlog, { line: 'partitions', takesNames: true }, context);
    if (source.adopted !== undefined) return byHand(source);
    const stored = await tableOf(source, context);
    if (modeOf(stored) === 'projected') return projected(source, stored);
    const slotRange = dates ?? (context.window === undefined ? undefined : slotRangeOf(context.window));
    if (slotRange === undefined)
      throw new UserError('`partitions` needs days or a window.', {
        correctedLine: `partitions ${source.name} last 24h`,
      });
    refuseTooMany(source, slotRange);
    const objects = await context.lakeOf(source).during(slotRange, context.signal);
    const isKnown = await knownPartitions(stored, context.cloud.tables, context.signal);
    return planFor(source, partitionsOf(source, slotRange, objects), isKnown, context);
  },
});

async function tableOf(
  source: S3Source,
  { cloud, settings, signal }: OperationContext,
): Promise<StoredTable> {
  const { name } = tableFor(source, { database: settings.database, mode: 'explicit', since: new Date(0) });
  const stored = await cloud.tables.table(settings.database, name, signal);
  if (stored !== undefined) return fittingTable(source, stored);
  throw new UserError(`The flow log \`${source.name}\` has no table yet.`, {
    correctedLine: `table ${source.name} mode=partitions`,
  });
}

/** Partitions of one shape do not go into a table of another. */
function fittingTable(source: S3Source, stored: StoredTable): StoredTable {
  const { database } = stored;
  const spec = tableFor(source, { database, mode: modeOf(stored), since: new Date(0) });
  const [difference] = compareTables(spec, stored);
  if (difference === undefined) return stored;
  throw new UserError(`The table of \`${source.name}\` does not fit its files: ${difference}.`, {
    correctedLine: `table ${source.name} mode=${modeOf(stored) === 'projected' ? 'projected' : 'partitions'}`,
  });
}

function byHand({ name, adopted }: S3Source): Plan {
  return {
    headline: `${name} is asked by the table ${adopted && tableWords(adopted)}, which flowlog did not make: its owner adds its partitions`,
    sections: [],
    steps: [],
    instead: [],
  };
}

function projected({ name }: S3Source, { database, name: table }: StoredTable): Plan {
  return {
    headline: `The table ${database}.${table} works its partitions out by itself: there is nothing to add`,
    sections: [],
    steps: [],
    instead: [
      { label: 'Ask it', line: `top-talkers in=${name} last 1h` },
      { label: 'Status', line: `status ${name}` },
    ],
  };
}

function refuseTooMany(source: S3Source, slotRange: SlotRange): void {
  const amount = partitionCount(source, slotRange);
  if (amount <= MOST_AT_ONCE) return;
  throw new UserError(
    `That is ${showInteger(amount)} partitions; ${showInteger(MOST_AT_ONCE)} are the most at once.`,
    {
      hint: `Give fewer days, or let the table work its partitions out by itself: \`table ${source.name} replace=yes\`.`,
    },
  );
}

function planFor(
  source: S3Source,
  found: readonly PartitionOf[],
  isKnown: (partition: TablePartition) => boolean,
  { settings, now }: OperationContext,
): Plan {
  const isThere = ({ partition }: PartitionOf) => isKnown(partition);
  const missing = found.filter((each) => each.filled && !isThere(each)).map(({ partition }) => partition);
  const spec = tableFor(source, { database: settings.database, mode: 'explicit', since: now() });
  const empty = found.filter(({ filled }) => !filled);
  return {
    headline:
      missing.length === 0
        ? `Nothing to add to ${spec.database}.${spec.name}`
        : `Add ${plural(missing.length, 'partition')} to ${spec.database}.${spec.name}`,
    sections: [
      {
        lines: [
          `${plural(found.length, 'partition')} in that time: ${missing.length} to add, ${found.filter(isThere).length} there already, ${empty.length} without files.`,
          ...(empty.length === 0 ? [] : [`Without files: ${emptyPartitions(empty)}.`]),
        ],
      },
    ],
    steps: partitionBatches(missing).map((batch) => addingPartitions(spec, batch)),
    instead: [],
  };
}

const MOST_NAMED = 3;

function emptyPartitions(empty: readonly PartitionOf[]): string {
  const names = empty.slice(0, MOST_NAMED).map(({ partition }) => partition.values.at(-1) ?? '');
  const rest = empty.length - names.length;
  return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
