import { tableWords } from '../core/lake/adopted-table.ts';
import { compareTables } from '../core/lake/find-table.ts';
import type { S3Source } from '../core/lake/log-source.ts';
import { tableFor } from '../core/lake/table-for.ts';
import type { StoredTable } from '../core/lake/tables.ts';
import { option, optional } from '../core/line/argument.ts';
import { oneOf } from '../core/line/plain-arguments.ts';
import { defineOperation, type OperationContext } from '../core/operation/operation.ts';
import type { Plan } from '../core/operation/plan.ts';
import { createTableDdl, type TableSpec } from '../core/sql/hive-ddl.ts';
import { sourceName } from './arguments/names.ts';
import { findSource } from './plan/find-source.ts';
import { catalogSteps, creatingTable, droppingTable } from './plan/plan-table.ts';
import { isOurTable } from './steps/ownership.ts';

export const table = defineOperation({
  name: 'table',
  summary: 'Create the table by which Athena reads a flow log, and what belongs to it',
  about:
    'The columns come from the log format of the flow log, in its order. `mode=projected` lets Athena work out the ' +
    'partitions by itself; with `mode=partitions` they are added by `partitions`, and by questions that need them. DDL ' +
    'is free. A table that is there is compared, and replaced only with `replace=yes` and only when flowlog made it. A ' +
    'source that is only configured gets one too, unless flowlog.yml names its table.',
  args: {
    flowlog: optional(sourceName()),
    mode: option(oneOf('projected', 'partitions'), 'projected'),
    replace: option(oneOf('no', 'yes'), 'no'),
  },

  async act({ flowlog, mode, replace }, context): Promise<Plan> {
    const source = await findSource(flowlog, { line: 'table', takesNames: true }, context);
    if (source.adopted !== undefined) return adopted(source);
    const { cloud, settings, signal } = context;
    const since = await firstDay(source, context);
    const wantedMode = mode === 'projected' ? 'projected' : 'explicit';
    const spec = tableFor(source, { database: settings.database, mode: wantedMode, since });
    const stored = await cloud.tables.table(spec.database, spec.name, signal);
    const steps = await catalogSteps(source, context);
    const plan =
      stored === undefined
        ? creating(source, spec, steps)
        : comparing(source, { spec, stored, replace: replace === 'yes' }, steps);
    return { ...plan, sections: [...plan.sections, ...(await farAway(source, context))] };
  },
});

/** Partitions before the first day are never looked at: for a source that is only configured that is the day of its oldest file. */
async function firstDay({ flowLog, ...source }: S3Source, context: OperationContext): Promise<Date> {
  if (flowLog !== undefined) return flowLog.createdAt;
  const storedRange = await context.lakeOf({ flowLog, ...source }).storedRange(context.signal);
  return storedRange === undefined ? context.now() : new Date(storedRange.fromSeconds * 1000);
}

/** Athena reads across regions without a warning, and bills the transfer. */
async function farAway(
  { region, place: { bucket } }: S3Source,
  { cloud, signal }: OperationContext,
): Promise<Plan['sections']> {
  const home = await cloud.tables.home(signal);
  if (home.region === region) return [];
  return [
    {
      lines: [
        `Athena runs in ${home.region} and ${bucket} is in ${region}: AWS also charges for carrying what is scanned across, about $0.02 a GB, and every question is slower.`,
      ],
    },
  ];
}

type Steps = Awaited<ReturnType<typeof catalogSteps>>;

function creating(source: S3Source, spec: TableSpec, steps: Steps): Plan {
  return {
    headline: `Create the table ${spec.database}.${spec.name} over the files of ${source.name}`,
    sections: [{ title: 'DDL', code: createTableDdl(spec) }],
    steps: [...steps, creatingTable(spec)],
    instead: [],
  };
}

interface Compared {
  readonly spec: TableSpec;
  readonly stored: StoredTable;
  readonly replace: boolean;
}

function comparing(source: S3Source, { spec, stored, replace }: Compared, steps: Steps): Plan {
  const name = `${spec.database}.${spec.name}`;
  const differences = compareTables(spec, stored);
  const status = { label: 'Status', line: `status ${source.name}` };
  if (differences.length === 0)
    return {
      headline: `The table ${name} is there and fits the files of ${source.name}`,
      sections: [],
      steps,
      instead: [status],
    };
  const shown = { title: 'What is different', lines: differences.map(asSentence) };
  const ddl = { title: 'DDL of the one that fits', code: createTableDdl(spec) };
  if (!isOurTable(stored))
    return {
      headline: `A table ${name} is there that flowlog did not make: it is left as it is`,
      sections: [shown, ADOPT],
      steps: [],
      instead: [status],
    };
  if (replace)
    return {
      headline: `Replace the table ${name}; no file is touched`,
      sections: [shown, ddl],
      steps: [...steps, droppingTable(spec), creatingTable(spec)],
      instead: [],
    };
  const replacing = { label: 'Replace it', line: `table ${source.name} replace=yes${modeWords(spec)}` };
  return {
    headline: `The table ${name} is there and is of another shape`,
    sections: [shown, ddl],
    steps: [],
    instead: [replacing, status],
  };
}

const ADOPT = {
  lines: ['List it under `sources` in flowlog.yml with its columns to ask it as it is, or rename it.'],
};

function asSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

function modeWords({ properties }: TableSpec): string {
  return properties['projection.enabled'] === 'true' ? '' : ' mode=partitions';
}

function adopted({ name, adopted: table }: S3Source): Plan {
  return {
    headline: `${name} is asked by the table ${table && tableWords(table)}, as flowlog.yml says: a table that flowlog did not make is neither changed nor replaced`,
    sections: [],
    steps: [],
    instead: [],
  };
}
