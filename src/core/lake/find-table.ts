import { EngineError } from '../errors.ts';
import type { TableColumn, TableSpec } from '../sql/hive-ddl.ts';
import { type FindAdoptedParts, findAdopted } from './find-adopted.ts';
import type { S3Source } from './log-source.ts';
import type { Together } from './read-together.ts';
import type { LogTable } from './scan.ts';
import { MADE_BY, modeOf, type PartitionMode, partitioningFor, tableFor, tableNameFor } from './table-for.ts';
import type { StoredTable } from './tables.ts';

export interface FindTableParts extends FindAdoptedParts {
  readonly database: string;
  readonly now: () => Date;
}

/** A table, the source that it was made for, and how its partitions come about. */
export interface FoundTable {
  readonly table: LogTable;
  readonly madeFor: S3Source;
  readonly mode: PartitionMode | 'adopted';
}

/**
 * The table that reads some sources: any of theirs does, and of several the one whose partitions reach back farthest,
 * because each begins when its own flow log did. @throws EngineError `missing-table` when none of them has one that fits,
 * UserError when one that flowlog did not make is not as flowlog.yml says.
 */
export async function findTable(
  sources: Together,
  parts: FindTableParts,
  signal: AbortSignal,
): Promise<FoundTable> {
  const [first] = sources;
  const adopted = await findAdopted(first, parts, signal);
  if (adopted !== undefined) return { table: adopted, madeFor: first, mode: 'adopted' };
  const looked = await Promise.all(sources.map((source) => lookFor(source, parts, signal)));
  const [oldest] = looked
    .flatMap((each) => (each instanceof EngineError ? [] : [each]))
    .toSorted((a, b) => (beginningOf(a.stored) < beginningOf(b.stored) ? -1 : 1));
  const left = looked.find(
    (each, index) => each instanceof EngineError && !reachesBack(oldest?.stored, sources[index]),
  );
  if (left instanceof EngineError) throw left;
  if (oldest === undefined) throw new RangeError('no table was found, and no error');
  const { source: madeFor, stored } = oldest;
  const { database } = parts;
  const mode = modeOf(stored);
  const partitioning = partitioningFor(madeFor, mode);
  const table = { database, name: tableNameFor(madeFor.name), fields: madeFor.fields, partitioning };
  return { table, madeFor, mode };
}

interface Looked {
  readonly source: S3Source;
  readonly stored: StoredTable;
}

async function lookFor(
  source: S3Source,
  { tables, database, now }: FindTableParts,
  signal: AbortSignal,
): Promise<Looked | EngineError> {
  const { name } = source;
  const stored = await tables.table(database, tableNameFor(name), signal);
  if (stored === undefined)
    return new EngineError('missing-table', `${name} has no table yet: \`table ${name}\` makes it`);
  const wanted = tableFor(source, { database, mode: modeOf(stored), since: now() });
  const [difference] = compareTables(wanted, stored);
  if (difference === undefined) return { source, stored };
  return new EngineError(
    'missing-table',
    `the table of ${name} does not fit its files (${difference}): \`table ${name}\` shows what to do`,
  );
}

/** Whether a table that was made for another source has partitions for all that this one ever delivered. */
function reachesBack(stored: StoredTable | undefined, source: S3Source | undefined): boolean {
  if (stored === undefined || source?.flowLog === undefined) return false;
  const { database } = stored;
  const own = tableFor(source, { database, mode: modeOf(stored), since: source.flowLog.createdAt });
  return beginningOf(stored) <= beginningOf(own);
}

/** The first value of the key of time, which is written so that it sorts; empty where a partition may be of any time. */
function beginningOf({
  partitionKeys,
  properties,
}: Pick<StoredTable, 'partitionKeys' | 'properties'>): string {
  const [first = ''] = (properties[`projection.${partitionKeys.at(-1)?.name}.range`] ?? '').split(',');
  return first;
}

/** What a table that is there has otherwise than the one that is wanted, a clause each; none when it will do. */
export function compareTables(wanted: TableSpec, stored: StoredTable): readonly string[] {
  const properties = Object.entries(wanted.properties).filter(
    ([name, value]) => name !== MADE_BY.key && stored.properties[name] !== value && !isRange(name),
  );
  return [
    ...compareColumns('column', wanted.columns, stored.columns),
    ...compareColumns('partition key', wanted.partitionKeys, stored.partitionKeys),
    stored.format !== wanted.format &&
      `it reads ${stored.format ?? 'another format'}, the files are ${wanted.format}`,
    slashed(stored.location) !== slashed(wanted.location) &&
      `its location is ${stored.location}, the files are under ${wanted.location}`,
    ...properties.map(
      ([name, value]) => `${name} is ${stored.properties[name] ?? 'not set'}, wanted is ${value}`,
    ),
    ...(wanted.properties['projection.enabled'] === undefined &&
    stored.properties['projection.enabled'] === 'true'
      ? ['its partitions are projected, wanted are explicit ones']
      : []),
  ].filter((difference) => difference !== false);
}

/** The beginning of a projected range is a matter of when the table was made. */
function isRange(name: string): boolean {
  return name.endsWith('.range');
}

function slashed(location: string): string {
  return location.endsWith('/') ? location : `${location}/`;
}

function compareColumns(
  what: string,
  wanted: readonly TableColumn[],
  stored: readonly TableColumn[],
): readonly string[] {
  const words = ({ name, type }: TableColumn) => `${name} ${type}`;
  const amount = Math.max(wanted.length, stored.length);
  const first = Array.from(
    { length: amount },
    (_, index) => [wanted[index], stored[index]] as const,
  ).findIndex(([a, b]) => a === undefined || b === undefined || words(a) !== words(b));
  if (first < 0) return [];
  const [a, b] = [wanted[first], stored[first]];
  return [
    `${what} ${first + 1} is ${b === undefined ? 'missing' : words(b)}, wanted is ${a === undefined ? 'none' : words(a)}`,
  ];
}
