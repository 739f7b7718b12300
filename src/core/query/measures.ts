import { type Sql, sql } from '../sql/sql.ts';
import { type Integer, showBytes } from '../wording.ts';
import { bytesColumn, countColumn, interfaceColumn, momentColumn, optionalCountColumn } from './columns.ts';
import { flow, flowColumns } from './flow-columns.ts';
import type { JudgeContext } from './query.ts';
import type { Columns, FirstGroups, RecordGroups } from './selection.ts';

/**
 * A sum of whole numbers that no absurd number overflows: Trino fails where a sum passes 2^63. NULL where no record
 * has a number: what was not measured is absent, not 0.
 */
export function exactSum(column: Sql): Sql {
  return sql`sum(CAST(${column} AS decimal(38, 0)))`;
}

/** The sums of `atBestInterface`, over the keys that a second grouping puts together. */
export const SUMMED_UP = {
  bytes: exactSum(sql`bytes`),
  packets: exactSum(sql`packets`),
  records: sql`CAST(sum(records) AS bigint)`,
  first_seen: sql`min(first_seen)`,
  last_seen: sql`max(last_seen)`,
} satisfies Columns;

const SUMS: Columns = {
  bytes: exactSum(flow.bytes),
  packets: exactSum(flow.packets),
  records: sql`count(*)`,
  first_seen: sql`min(${flow.start_seconds})`,
  last_seen: sql`max(${flow.end_seconds})`,
};

/** Sums per key and interface. `more` are other aggregates over the records of one interface. */
export function atEachInterface(groupBy: Columns, where: Sql, more: Columns): RecordGroups {
  return {
    from: 'flows',
    where,
    groupBy: { ...groupBy, ...flowColumns('interface_id') },
    select: { ...SUMS, ...more },
  };
}

/**
 * Of the sums per key and interface those of the one interface that saw most: `interface_id`, and `interfaces` is how many
 * saw it. The same packet is recorded by the sender's interface, by the receiver's and by every NAT gateway and load
 * balancer between: adding them up counts traffic several times.
 */
export function atBestInterface(
  from: FirstGroups['from'],
  keys: Columns,
  moreOfAll: Columns = {},
): FirstGroups {
  return {
    from,
    per: Object.keys(keys),
    first: sql`bytes DESC, records DESC, interface_id`,
    // One interface may have seen a flow before or after another: only amounts would be counted twice.
    ofAll: { first_seen: sql`min(first_seen)`, last_seen: sql`max(last_seen)`, ...moreOfAll },
    countAs: 'interfaces',
  };
}

/** What `atBestInterface` computes for each key, but for how many interfaces saw it. */
export const MEASURE_COLUMNS = {
  bytes: bytesColumn(),
  packets: optionalCountColumn('Packets'),
  records: countColumn('Records'),
  first_seen: momentColumn('First seen'),
  last_seen: momentColumn('Last seen'),
  interface_id: interfaceColumn('Seen at'),
};

/** An amount of data in a headline: `at least 5.0 GB` where the logs may lack records, words where none is recorded. */
export function amountOf(bytes: Integer | null | undefined, { least }: Pick<JudgeContext, 'least'>): string {
  if (bytes === null || bytes === undefined) return 'an amount that is not recorded';
  return `${least}${showBytes(bytes)}`;
}
