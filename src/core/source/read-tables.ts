import { EngineError } from '../errors.ts';
import type { FieldName } from '../flow-log/fields.ts';
import { GRAIN_SECONDS, partitionsTouching } from '../partition/partitions-touching.ts';
import type { Tables } from '../ports/cloud/tables.ts';
import type { Lake } from '../ports/lake.ts';
import type { LogTable, NeededPartitions, Scan, Slot } from '../ports/scan.ts';
import { compareTables } from '../table/compare-tables.ts';
import { modeOf, type PartitionMode, partitioningFor } from '../table/partition-keys.ts';
import { tableFor } from '../table/table-for.ts';
import { tableNameFor } from '../table/table-name-for.ts';
import { stretchOf } from '../window/stretch-of.ts';
import type { ReadSources } from './cloud-sources.ts';
import { commonExtent } from './common-extent.ts';
import { type LogSource, nameWithResource } from './log-source.ts';
import { neededPartitions } from './needed-partitions.ts';

/** What reading through tables needs. */
export interface ReadTablesParts {
  readonly tables: Tables;
  readonly database: string;
  /** The files of a source. */
  readonly lakeOf: (source: LogSource) => Lake;
  readonly now: () => Date;
}

/** Reads flow logs through their tables: whole partitions, the way a query on them is paid for. */
export function createReadTables(parts: ReadTablesParts): ReadSources {
  return async (sources, wanted, signal) => {
    const { region } = await parts.tables.home(signal);
    const read = await Promise.all(
      sources.map((source) => readOne(source, stretchOf(wanted.window), parts, signal)),
    );
    return merged(read, sources, region);
  };
}

interface ReadTable extends Pick<Scan, 'objects' | 'extent'> {
  readonly table: LogTable;
  readonly needed: readonly NeededPartitions[];
}

async function readOne(
  source: LogSource,
  stretch: Slot,
  parts: ReadTablesParts,
  signal: AbortSignal,
): Promise<ReadTable> {
  const lake = parts.lakeOf(source);
  const { table, mode } = await tableOf(source, parts, signal);
  const [objects, extent] = await Promise.all([
    lake.during(inWholePartitions(table, stretch), signal),
    lake.extent(signal),
  ]);
  const needed = mode === 'explicit' ? [neededPartitions(source, objects, parts)] : [];
  return { table, objects, extent, needed };
}

async function tableOf(
  source: LogSource,
  { tables, database, now }: ReadTablesParts,
  signal: AbortSignal,
): Promise<{ readonly table: LogTable; readonly mode: PartitionMode | 'adopted' }> {
  if (source.adopted !== undefined) return { table: source.adopted, mode: 'adopted' };
  const stored = await tables.table(database, tableNameFor(source.name), signal);
  if (stored === undefined)
    throw new EngineError(
      'missing-table',
      `${source.name} has no table yet: \`table ${source.name}\` makes it`,
    );
  const mode = modeOf(stored);
  const [difference] = compareTables(tableFor(source, { database, mode, since: now() }), stored);
  if (difference !== undefined)
    throw new EngineError(
      'missing-table',
      `the table of ${source.name} does not fit its files (${difference}): \`table ${source.name}\` shows what to do`,
    );
  const table = {
    database,
    name: tableNameFor(source.name),
    fields: source.fields,
    partitioning: partitioningFor(source, mode),
  };
  return { table, mode };
}

function inWholePartitions({ partitioning }: LogTable, stretch: Slot): Slot {
  if (partitioning === undefined) return stretch;
  const starts = partitionsTouching(partitioning.grain, stretch);
  const [first = stretch.fromSeconds, last = first] = [starts[0], starts.at(-1)];
  return { fromSeconds: first, toSeconds: last + GRAIN_SECONDS[partitioning.grain] };
}

function merged(read: readonly ReadTable[], sources: readonly LogSource[], region: string): Scan {
  const [first] = read;
  const recorded = (first?.table.fields ?? []).filter((field) =>
    read.every(({ table }) => table.fields.includes(field)),
  );
  return {
    // Where the status is not recorded it is told from the other fields.
    source: {
      name: sources.map(nameWithResource).join(' and '),
      region,
      fields: [...new Set([...recorded, STATUS])],
    },
    tables: read.map(({ table }) => table),
    objects: read.flatMap(({ objects }) => objects),
    unread: [],
    notes: notesOn(read, sources, recorded),
    extent: commonExtent(read.map(({ extent }) => extent)),
    partitions: read.flatMap(({ needed }) => needed),
  };
}

const STATUS: FieldName = 'log-status';

/** What of the fields may hide records, a clause each. */
function notesOn(
  read: readonly ReadTable[],
  sources: readonly LogSource[],
  common: readonly string[],
): readonly string[] {
  const some = new Set(read.flatMap(({ table }) => table.fields.filter((field) => !common.includes(field))));
  some.delete(STATUS);
  const silent = sources.filter(({ fields }) => !fields.includes(STATUS)).map(({ name }) => name);
  return [
    ...(some.size === 0 ? [] : [`not all of the flow logs record ${[...some].join(', ')}`]),
    ...silent.map(
      (name) => `${name} does not record ${STATUS}, so flows that AWS skipped cannot be told from silence`,
    ),
  ];
}
