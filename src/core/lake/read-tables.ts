import type { FieldName } from '../flow-log/fields.ts';
import type { SlotRange } from '../flow-log/slots.ts';
import { slotRangeOf } from '../time/window.ts';
import { type FindTableParts, type FoundTable, findTable } from './find-table.ts';
import type { Lake } from './lake.ts';
import {
  type CloudSource,
  folderAt,
  isListed,
  nameWithResource,
  type S3Source,
  sourceRoot,
} from './log-source.ts';
import { fitting, namedFiles } from './named-files.ts';
import { GRAIN_SECONDS, partitionsTouching } from './partitioning.ts';
import { neededPartitions } from './partitions.ts';
import { readTogether, type Together } from './read-together.ts';
import { countedObjects, type LakeObject, type LogTable, type NeededPartitions, type Scan } from './scan.ts';
import type { ScanTarget } from './sources.ts';
import { type WhoseFiles, wholePrefix, whoseFiles } from './whose-files.ts';

export interface ReadTablesParts extends FindTableParts {
  /** The files of a source, and of no other one under the same prefix. */
  readonly lakeOf: (source: S3Source) => Lake;
}

/** Finds out what of some flow logs in S3 a question reads, among all that are known there. */
export type ReadTables = (
  chosen: { readonly sources: readonly S3Source[]; readonly known: readonly S3Source[] },
  wanted: ScanTarget,
  signal: AbortSignal,
) => Promise<Scan>;

/**
 * Reads flow logs through their tables. Where the files can be named, those of the window alone are read and paid for,
 * also under a prefix that others share; else whole partitions are.
 */
export function createReadTables(parts: ReadTablesParts): ReadTables {
  return async ({ sources, known }, wanted, signal) => {
    const { region } = await parts.tables.home(signal);
    const slotRange = slotRangeOf(wanted.window);
    const found = await Promise.all(
      readTogether(sources).map((group) => findOne(group, known, slotRange, parts, signal)),
    );
    const fits = fitting(found.map(({ paths }) => paths));
    const read = await Promise.all(
      found.map((each, index) =>
        fits[index] === true ? byName(each, parts) : byPartition(each, known, slotRange, parts, signal),
      ),
    );
    // What a table that flowlog did not make records only the catalog says.
    const fieldsOf = (source: S3Source) =>
      found.find((each) => each.sources.includes(source))?.table.fields ?? source.fields;
    return merged(
      read,
      sources.map((source) => ({ ...source, fields: fieldsOf(source) })),
      region,
    );
  };
}

/** A table, and what is in its files in the window. */
interface FoundFiles extends FoundTable, Pick<Scan, 'storedRange'> {
  readonly sources: Together;
  readonly whose: WhoseFiles;
  /** Of those whose records count; undefined where they cannot be named. */
  readonly paths: readonly string[] | undefined;
}

type ReadTable = WhoseFiles &
  Pick<Scan, 'storedRange'> & { readonly table: LogTable; readonly needed: readonly NeededPartitions[] };

async function findOne(
  sources: Together,
  known: readonly S3Source[],
  slotRange: SlotRange,
  parts: ReadTablesParts,
  signal: AbortSignal,
): Promise<FoundFiles> {
  const found = await findTable(sources, parts, signal);
  if (!isListed(found.madeFor))
    return { ...found, sources, whose: NO_FILES, paths: undefined, storedRange: undefined };
  const [listed, ...storedRanges] = await Promise.all([
    parts.lakeOf(wholePrefix(found.madeFor)).during(slotRange, signal),
    ...sources.map((source) => parts.lakeOf(source).storedRange(signal)),
  ]);
  const whose = whoseFiles(sources, known, inPartitions(found.madeFor, listed));
  const paths = namedFiles(found, countedObjects(whose.objects));
  return { ...found, sources, whose, paths, storedRange: commonStoredRange(storedRanges) };
}

const NO_FILES: WhoseFiles = { objects: [], flowLogs: undefined, nameless: 0 };

function byName(
  { table, paths = [], whose, storedRange, ...found }: FoundFiles,
  parts: ReadTablesParts,
): ReadTable {
  const objects = countedObjects(whose.objects);
  return {
    objects,
    flowLogs: undefined,
    nameless: whose.nameless,
    storedRange,
    table: { ...table, paths },
    needed: neededOf(found, objects, parts),
  };
}

/** What is read and paid for are the whole partitions that the window touches, whoever delivered there. */
async function byPartition(
  { sources, table, storedRange, ...found }: FoundFiles,
  known: readonly S3Source[],
  slotRange: SlotRange,
  parts: ReadTablesParts,
  signal: AbortSignal,
): Promise<ReadTable> {
  if (!isListed(found.madeFor)) return { ...NO_FILES, storedRange, table, needed: [] };
  const lake = parts.lakeOf(wholePrefix(found.madeFor));
  const listed = await lake.during(inWholePartitions(table, slotRange), signal);
  const whose = whoseFiles(sources, known, inPartitions(found.madeFor, listed));
  const { flowLogs } = whose;
  return {
    ...whose,
    storedRange,
    table: flowLogs === undefined ? table : { ...table, flowLogs },
    needed: neededOf(found, whose.objects, parts),
  };
}

function neededOf(
  { madeFor, mode }: Pick<FoundTable, 'madeFor' | 'mode'>,
  objects: readonly LakeObject[],
  parts: ReadTablesParts,
): readonly NeededPartitions[] {
  return mode === 'explicit' ? [neededPartitions(madeFor, objects, parts)] : [];
}

function inWholePartitions({ partitioning }: LogTable, slotRange: SlotRange): SlotRange {
  if (partitioning === undefined) return slotRange;
  const starts = partitionsTouching(partitioning.grain, slotRange);
  const [first = slotRange.fromSeconds, last = first] = [starts[0], starts.at(-1)];
  return { fromSeconds: first, toSeconds: last + GRAIN_SECONDS[partitioning.grain] };
}

/** Files of other flow logs that are delivered by the day lie above the folders of hours: a table by the hour does not read them. */
function inPartitions(source: S3Source, objects: readonly LakeObject[]): readonly LakeObject[] {
  const root = sourceRoot(source);
  const depth = folderAt(source.place.files, 0).split('/').length;
  return objects.filter(
    ({ key }) => !key.startsWith(root) || key.slice(root.length).split('/').length > depth,
  );
}

/** A table in which the window has no file, or in whose partitions only others have some, would be paid for without a use. */
function isUseless({ objects, table }: ReadTable): boolean {
  return table.paths?.length === 0 || (objects.length > 0 && countedObjects(objects).length === 0);
}

function merged(read: readonly ReadTable[], sources: readonly S3Source[], region: string): Scan {
  const needed = read.filter((each) => !isUseless(each));
  return {
    source: sourceOf(read, sources, region),
    tables: (needed.length === 0 ? read : needed).map(({ table }) => table),
    objects: needed.flatMap(({ objects }) => objects),
    unread: [],
    notes: [...notesOn(read, sources), ...unlistedNotes(sources)],
    remarks: unlistedRemarks(sources),
    fieldsInPart: fieldsInPart(read),
    storedRange: commonStoredRange(read.map(({ storedRange }) => storedRange)),
    partitions: needed.flatMap((each) => each.needed),
  };
}

const STATUS: FieldName = 'log-status';

/** Files with the same fields. */
interface WithFields {
  readonly table: Pick<LogTable, 'fields'>;
}

/** What is read, as answers name it. Where the status is not recorded it is derived from the other fields. */
export function sourceOf(
  read: readonly WithFields[],
  sources: readonly CloudSource[],
  region: string,
): Scan['source'] {
  const name = sources.map(nameWithResource).join(' and ');
  return { name, region, fields: [...new Set([...commonFields(read), STATUS])] };
}

function commonFields(read: readonly WithFields[]): readonly string[] {
  const [first] = read;
  return (first?.table.fields ?? []).filter((field) =>
    read.every(({ table }) => table.fields.includes(field)),
  );
}

/** Fields that some of the files have and others have not. */
export function fieldsInPart(read: readonly WithFields[]): readonly string[] {
  const common = commonFields(read);
  const some = read.flatMap(({ table }) => table.fields.filter((field) => !common.includes(field)));
  return [...new Set(some)].filter((field) => field !== STATUS);
}

/** What of the files hides records from every question, a clause each. */
export function notesOn(
  read: readonly Pick<WhoseFiles, 'nameless'>[],
  sources: readonly CloudSource[],
): readonly string[] {
  const silent = sources.filter(({ fields }) => !fields.includes(STATUS)).map(({ name }) => name);
  const nameless = read.reduce((sum, each) => sum + each.nameless, 0);
  return [
    ...silent.map(
      (name) => `${name} does not record ${STATUS}, so skipped flows cannot be distinguished from no traffic`,
    ),
    ...(nameless === 0
      ? []
      : [
          `several flow logs deliver here, and files without a flow log in the name do not count: ${nameless}`,
        ]),
  ];
}

/** Without a list of files nothing shows that the records of each slot are there. */
function unlistedNotes(sources: readonly S3Source[]): readonly string[] {
  return sources
    .filter((source) => !isListed(source))
    .map(({ name }) => `no list of the files of ${name} shows that all records of the window are there`);
}

/** What other flow logs record of the same network is not known of such a table. */
function unlistedRemarks(sources: readonly S3Source[]): readonly string[] {
  if (sources.length < 2) return [];
  return sources
    .filter((source) => !isListed(source))
    .map(
      ({ name }) =>
        `what ${name} and another source both recorded is counted twice: \`in=${name}\` reads it alone`,
    );
}

/**
 * From the oldest file to the newest one of the flow log that is farthest behind: what one of them has not delivered
 * yet is not there, however far the others are. Of one that has delivered nothing at all nothing is known.
 */
export function commonStoredRange(storedRanges: readonly (SlotRange | undefined)[]): SlotRange | undefined {
  const known = storedRanges.filter((storedRange) => storedRange !== undefined);
  if (known.length === 0 || known.length < storedRanges.length) return undefined;
  return {
    fromSeconds: Math.min(...known.map(({ fromSeconds }) => fromSeconds)),
    toSeconds: Math.min(...known.map(({ toSeconds }) => toSeconds)),
  };
}
