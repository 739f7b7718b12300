import type { FieldName } from '../../flow-log/fields.ts';
import { countedObjects } from '../../lake/counted-objects.ts';
import { GRAIN_SECONDS, partitionsTouching } from '../../partition/partitions-touching.ts';
import type { Lake } from '../../ports/lake.ts';
import type { LakeObject, LogTable, NeededPartitions, Scan, Slot } from '../../ports/scan.ts';
import { stretchOf } from '../../window/stretch-of.ts';
import type { ReadSources } from '../cloud-sources.ts';
import { type LogSource, nameWithResource } from '../log-source.ts';
import { folderAt, sourceRoot } from '../source-root.ts';
import { wholePrefix } from '../whose-files/whole-prefix.ts';
import { type WhoseFiles, whoseFiles } from '../whose-files/whose-files.ts';
import { commonExtent } from './common-extent.ts';
import { type FindTableParts, findTable } from './find-table.ts';
import { neededPartitions } from './needed-partitions.ts';
import { readTogether, type Together } from './read-together.ts';

/** What reading through tables needs. */
export interface ReadTablesParts extends FindTableParts {
  /** The files of a source, and of no other one under the same prefix. */
  readonly lakeOf: (source: LogSource) => Lake;
}

/** Reads flow logs through their tables: whole partitions, the way a query on them is paid for. */
export function createReadTables(parts: ReadTablesParts): ReadSources {
  return async ({ sources, known }, wanted, signal) => {
    const { region } = await parts.tables.home(signal);
    const read = await Promise.all(
      readTogether(sources).map((group) => readOne(group, known, stretchOf(wanted.window), parts, signal)),
    );
    return merged(read, sources, region);
  };
}

type ReadTable = WhoseFiles &
  Pick<Scan, 'extent'> & { readonly table: LogTable; readonly needed: readonly NeededPartitions[] };

async function readOne(
  sources: Together,
  known: readonly LogSource[],
  stretch: Slot,
  parts: ReadTablesParts,
  signal: AbortSignal,
): Promise<ReadTable> {
  const { table, madeFor, mode } = await findTable(sources, parts, signal);
  const [listed, ...extents] = await Promise.all([
    parts.lakeOf(wholePrefix(madeFor)).during(inWholePartitions(table, stretch), signal),
    ...sources.map((source) => parts.lakeOf(source).extent(signal)),
  ]);
  const whose = whoseFiles(sources, known, inPartitions(madeFor, listed));
  const { flowLogs } = whose;
  return {
    ...whose,
    table: flowLogs === undefined ? table : { ...table, flowLogs },
    extent: commonExtent(extents),
    needed: mode === 'explicit' ? [neededPartitions(madeFor, whose.objects, parts)] : [],
  };
}

function inWholePartitions({ partitioning }: LogTable, stretch: Slot): Slot {
  if (partitioning === undefined) return stretch;
  const starts = partitionsTouching(partitioning.grain, stretch);
  const [first = stretch.fromSeconds, last = first] = [starts[0], starts.at(-1)];
  return { fromSeconds: first, toSeconds: last + GRAIN_SECONDS[partitioning.grain] };
}

/** What others deliver by the day stands beside the folders of hours, and a table by the hour does not read it. */
function inPartitions(source: LogSource, objects: readonly LakeObject[]): readonly LakeObject[] {
  const root = sourceRoot(source);
  const depth = folderAt(source.files.files, 0).split('/').length;
  return objects.filter(
    ({ key }) => !key.startsWith(root) || key.slice(root.length).split('/').length > depth,
  );
}

/** A table in whose partitions only others have files is not read: it would be paid for in vain. */
function isInVain({ objects }: ReadTable): boolean {
  return objects.length > 0 && countedObjects(objects).length === 0;
}

function merged(read: readonly ReadTable[], sources: readonly LogSource[], region: string): Scan {
  const [first] = read;
  const needed = read.filter((each) => !isInVain(each));
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
    tables: (needed.length === 0 ? read : needed).map(({ table }) => table),
    objects: needed.flatMap(({ objects }) => objects),
    unread: [],
    notes: notesOn(read, sources),
    fieldsInPart: fieldsInPart(read, recorded),
    extent: commonExtent(read.map(({ extent }) => extent)),
    partitions: needed.flatMap((each) => each.needed),
  };
}

const STATUS: FieldName = 'log-status';

/** Fields that some of the tables have and others have not. */
function fieldsInPart(read: readonly ReadTable[], common: readonly string[]): readonly string[] {
  const some = read.flatMap(({ table }) => table.fields.filter((field) => !common.includes(field)));
  return [...new Set(some)].filter((field) => field !== STATUS);
}

/** What of the files hides records from every question, a clause each. */
function notesOn(read: readonly ReadTable[], sources: readonly LogSource[]): readonly string[] {
  const silent = sources.filter(({ fields }) => !fields.includes(STATUS)).map(({ name }) => name);
  const nameless = read.reduce((sum, each) => sum + each.nameless, 0);
  return [
    ...silent.map(
      (name) => `${name} does not record ${STATUS}, so flows that AWS skipped cannot be told from silence`,
    ),
    ...(nameless === 0
      ? []
      : [
          `several flow logs deliver here, and files whose names tell none of them do not count: ${nameless}`,
        ]),
  ];
}
