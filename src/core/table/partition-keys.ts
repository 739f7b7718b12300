import type { Partitioning, TimeKey } from '../partition/partitioning.ts';
import type { StoredTable } from '../ports/cloud/tables.ts';
import type { LogSource } from '../source/log-source.ts';

/** Partitions that Athena works out by itself, or ones that are added one by one. */
export type PartitionMode = 'projected' | 'explicit';

/** A partition key of a table of flowlog. */
export type PartitionKey =
  | { readonly kind: 'fixed'; readonly column: string; readonly type: 'string'; readonly value: string }
  | (TimeKey & {
      readonly kind: 'time';
      /** The name of its folder in Hive's layout. */
      readonly folder: string;
      /** First and last value where they are numbers, and how many digits they are padded to. */
      readonly range: string;
      readonly digits: number | undefined;
    });

/** The keys that have one value for a whole source. */
export const ACCOUNT_KEY = 'p_account';
export const REGION_KEY = 'p_region';

/** Flow logs exist since 2015; a year too many in the range costs nothing, because the window is narrower. */
const YEARS = '2015,2099';

/**
 * The partition keys of a source's table. Their names begin with `p_`, because `region` and `account_id` may be
 * columns. One key stands for the hour or the day, so that a window is one range; only projection over Hive's
 * folders needs one for each folder.
 */
export function keysFor(source: LogSource, mode: PartitionMode): readonly PartitionKey[] {
  const { hive, hourly } = source.files.files;
  const place = [fixed(ACCOUNT_KEY, source.account), fixed(REGION_KEY, source.region)];
  if (mode === 'projected' && hive) {
    const hour = number('p_hour', 'HH', 'hour', '0,23', 2);
    return [
      ...place,
      number('p_year', 'yyyy', 'year', YEARS),
      number('p_month', 'MM', 'month', '1,12', 2),
      number('p_day', 'dd', 'day', '1,31', 2),
      ...(hourly ? [hour] : []),
    ];
  }
  const time = hourly ? text('p_hour', 'yyyy/MM/dd/HH') : text('p_day', 'yyyy/MM/dd');
  return [...place, time];
}

/** How statements must ask for the partitions of a source's table. */
export function partitioningFor(source: LogSource, mode: PartitionMode): Partitioning {
  const keys = keysFor(source, mode);
  return {
    grain: source.files.files.hourly ? 'hour' : 'day',
    fixed: Object.fromEntries(keys.flatMap((key) => (key.kind === 'fixed' ? [[key.column, key.value]] : []))),
    time: keys.flatMap((key) =>
      key.kind === 'time' ? [{ column: key.column, pattern: key.pattern, type: key.type }] : [],
    ),
  };
}

/** Whether Athena works the partitions of a table out by itself. */
export function modeOf({ properties }: Pick<StoredTable, 'properties'>): PartitionMode {
  return properties['projection.enabled'] === 'true' ? 'projected' : 'explicit';
}

function fixed(column: string, value: string): PartitionKey {
  return { kind: 'fixed', column, type: 'string', value };
}

function text(column: string, pattern: string): PartitionKey {
  return { kind: 'time', column, pattern, type: 'string', folder: column, range: '', digits: undefined };
}

function number(
  column: string,
  pattern: string,
  folder: string,
  range: string,
  digits?: number,
): PartitionKey {
  return { kind: 'time', column, pattern, type: 'integer', folder, range, digits };
}
