import { SLOT_SECONDS } from '../../core/flow-log/interval.ts';
import type { OperationContext } from '../../core/operation/operation-context.ts';
import type { StoredTable } from '../../core/ports/cloud/tables.ts';
import type { LogSource } from '../../core/source/log-source.ts';
import { compareTables } from '../../core/table/compare-tables.ts';
import { modeOf } from '../../core/table/partition-keys.ts';
import { tableFor } from '../../core/table/table-for.ts';
import { showMoment } from '../../core/window/show-moment.ts';
import { isOurs, TAGS } from './ownership.ts';

/** How one flow log is, in words. */
export interface SourceStatus {
  readonly source: LogSource;
  readonly delivery: string;
  readonly newest: string;
  readonly table: string;
  readonly partitions: string;
  /** What is wrong or may be, a sentence each. */
  readonly doubts: readonly string[];
  readonly healthy: boolean;
  readonly hasTable: boolean;
  readonly ours: boolean;
}

/** Delivery takes up to about ten minutes behind a slot of five. */
const USUAL_LAG_MINUTES = 20;

/** Looks how a flow log is: what AWS says of delivery, what arrived, and what Athena has of it. */
export async function statusOf(source: LogSource, context: OperationContext): Promise<SourceStatus> {
  const { now, signal, zone } = context;
  const [extent, { table, partitions, doubts: tableDoubts, hasTable }] = await Promise.all([
    context.lakeOf(source).extent(signal),
    tableStatus(source, context),
  ]);
  const newestAt = extent === undefined ? undefined : new Date((extent.toSeconds - SLOT_SECONDS) * 1000);
  const lagMinutes =
    newestAt === undefined ? undefined : Math.floor((now().getTime() - newestAt.getTime()) / 60_000);
  const { flowLog } = source;
  const doubts = [
    flowLog?.delivery.status === 'failing' &&
      `AWS cannot deliver ${source.name}: ${flowLog.delivery.error || 'it gives no reason'}. Look at the policy and the encryption of ${source.files.bucket}.`,
    lagMinutes === undefined && `${source.name} has no files yet: first ones take ten minutes or more.`,
    lagMinutes !== undefined &&
      lagMinutes > USUAL_LAG_MINUTES &&
      `The newest file of ${source.name} is ${lagMinutes} minutes old: nothing flows, or delivery has stopped.`,
    source.trafficType !== 'ALL' &&
      source.trafficType !== undefined &&
      `${source.name} records ${source.trafficType.toLowerCase()}ed traffic only.`,
    ...endsWords(source),
  ].filter((doubt) => doubt !== false);
  return {
    source,
    delivery: flowLog === undefined ? 'not known: configured' : flowLog.delivery.status,
    newest: newestAt === undefined ? 'none' : `${showMoment(newestAt, zone)}, ${lagMinutes} min ago`,
    table,
    partitions,
    doubts: [...doubts, ...tableDoubts],
    healthy: doubts.length === 0,
    hasTable,
    ours: flowLog !== undefined && isOurs(flowLog),
  };
}

function endsWords({ name, flowLog }: LogSource): readonly string[] {
  const ends = flowLog?.tags[TAGS.deleteAfter];
  return ends === undefined
    ? []
    : [`${name} deletes itself after ${ends.slice(0, 16).replace('T', ' ')} UTC.`];
}

type TableStatus = Pick<SourceStatus, 'table' | 'partitions' | 'doubts' | 'hasTable'>;

async function tableStatus(source: LogSource, context: OperationContext): Promise<TableStatus> {
  const { cloud, settings, signal, now } = context;
  if (source.adopted !== undefined)
    return {
      table: `${source.adopted.database}.${source.adopted.name}, made by hand`,
      partitions: 'by hand',
      doubts: [],
      hasTable: true,
    };
  const { database } = settings;
  const { name } = tableFor(source, { database, mode: 'projected', since: now() });
  const stored = await cloud.tables.table(database, name, signal);
  if (stored === undefined) return { table: 'none', partitions: '-', doubts: [], hasTable: false };
  const mode = modeOf(stored);
  const differences = compareTables(tableFor(source, { database, mode, since: now() }), stored);
  return {
    table: `${database}.${name}${differences.length === 0 ? '' : ', does not fit'}`,
    partitions: await partitionWords(stored, context),
    doubts: differences.map((difference) => `The table of ${source.name} does not fit: ${difference}.`),
    hasTable: true,
  };
}

async function partitionWords(stored: StoredTable, { cloud, signal }: OperationContext): Promise<string> {
  if (modeOf(stored) === 'projected') return 'worked out by Athena';
  const added = await cloud.tables.partitions(stored.database, stored.name, signal);
  const values = added.map(({ values }) => values.at(-1) ?? '').toSorted();
  return values.length === 0 ? 'none' : `${values.length}, ${values[0]} to ${values.at(-1)}`;
}
