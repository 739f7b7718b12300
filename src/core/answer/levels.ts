import {
  CARRIED,
  COVERAGE_MARK,
  countsOfAll,
  coverageOfEach,
  LISTED_FOR_COVERAGE,
  packedCoverage,
} from '../query/coverage-columns.ts';
import { columnsReadBy } from '../query/flows.ts';
import { type NameReading, namesCarried } from '../query/recorded-names.ts';
import {
  type Columns,
  columnsOf,
  type FirstGroups,
  type GatheredGroups,
  type GroupGroups,
  gatheredNames,
  isList,
  type PreviousGroups,
  type RecordGroups,
  type RecordList,
  type Selection,
} from '../query/selection.ts';
import { identifier } from '../sql/literals.ts';
import { allOf, anyOf, list, longList, type Sql, sql } from '../sql/sql.ts';

/** A relation of a statement: it reads the one before it, and nothing else does. */
export interface Level {
  readonly name: string;
  readonly body: Sql;
}

/**
 * The relations of a selection, from the records that it asks for to the answer. Among the groups of each is one row
 * of coverage: it begins as the group of all records, next to those of the answer, and its columns are keys of every
 * grouping and window that follow, so that it comes through alone, even where there is no answer.
 */
export function levelsOf(selection: Selection, naming: NameReading | undefined): readonly Level[] {
  const name = answerName(selection);
  if (isList(selection)) return [{ name, body: listed(selection, naming) }];
  if ('where' in selection) return [asked(selection, naming), { name, body: grouped(selection, naming) }];
  const from = identifier(answerName(selection.from));
  return [...levelsOf(selection.from, naming), { name, body: bodyOver(from, selection) }];
}

function bodyOver(from: Sql, selection: GroupGroups | FirstGroups | PreviousGroups | GatheredGroups): Sql {
  if ('first' in selection) return firsts(selection, from);
  if ('gather' in selection) return gathered(selection, from);
  return 'previous' in selection ? withPrevious(selection, from) : regrouped(selection, from);
}

/** The name of the relation that holds the answer of a selection. */
export function answerName(selection: Selection): string {
  return `level_${depthOf(selection)}`;
}

function depthOf(selection: Selection): number {
  return 'where' in selection ? 1 : depthOf(selection.from) + 1;
}

/**
 * Grouping millions of records by all that they hold would take more memory than there is, so that a list is not
 * counted: the records of lost flows come after those that were asked for, as far as the limit lets them.
 */
function listed({ from, where, select }: RecordList, naming: NameReading | undefined): Sql {
  return sql`SELECT ${list([...namedColumns(coverageOfEach(naming)), ...namedColumns(select)])}
  FROM ${identifier(from)}
  WHERE ${anyOf(LISTED_FOR_COVERAGE, allOf(sql`log_status = 'OK'`, where))}`;
}

/** Records that are none of traffic have no addresses: they are read for coverage, whatever is asked. */
function asked(
  { from, where, groupBy, select, having }: RecordGroups,
  naming: NameReading | undefined,
): Level {
  const expressions = [...Object.values(select), ...(having === undefined ? [] : [having])];
  const others = columnsReadBy(list(expressions)).filter((name) => !Object.hasOwn(groupBy, name));
  const body = sql`SELECT ${list([...others.map(identifier), ...namedColumns({ ...groupBy, ...namesCarried(naming) })])}
  FROM ${identifier(from)}
  WHERE ${from === 'flows' ? anyOf(sql`coalesce(log_status, '') <> 'OK'`, where) : where}`;
  return { name: 'asked', body };
}

/** True of the group of all records. */
const OF_ALL = sql`grouping(log_status) = 1`;

function grouped({ from, groupBy, select, having }: RecordGroups, naming: NameReading | undefined): Sql {
  const keys = Object.keys(groupBy);
  const matching = from === 'flows' ? sql`log_status = 'OK'` : sql`TRUE`;
  const coverage = Object.entries(packedCoverage(countsOfAll(matching, naming))).map(
    ([name, counted]) => sql`CASE WHEN ${OF_ALL} THEN ${counted} END AS ${identifier(name)}`,
  );
  return sql`SELECT ${longList(coverage)},
    ${longList([...keys.map(identifier), ...namedColumns(select)])}
  FROM asked
  GROUP BY GROUPING SETS ((${list(['log_status', ...keys].map(identifier))}), ())
  HAVING ${anyOf(OF_ALL, having === undefined ? matching : allOf(matching, having))}`;
}

function regrouped({ groupBy, select, having }: GroupGroups, from: Sql): Sql {
  const keys = [...CARRIED, ...namedColumns(groupBy)];
  return sql`SELECT ${longList([...keys, ...namedColumns(select)])}
  FROM ${from}
  GROUP BY ${list(keys.map((_, index) => sql`${index + 1}`))}${
    having === undefined
      ? NOTHING
      : sql`
  HAVING ${anyOf(sql`${COVERAGE_MARK} IS NOT NULL`, having)}`
  }`;
}

const NOTHING = sql``;

/** Values of the row before, among the groups that agree; the row of coverage is alone in a partition of its own. */
function withPrevious({ from, per, orderBy, previous }: PreviousGroups, relation: Sql): Sql {
  const alike = list([COVERAGE_MARK, ...per.map(identifier)]);
  const before = Object.entries(previous).map(
    ([name, column]) =>
      sql`lag(${column}) OVER (PARTITION BY ${alike} ORDER BY ${orderBy}) AS ${identifier(name)}`,
  );
  return sql`SELECT ${list([...CARRIED, ...columnsOf(from).map(identifier), ...before])}
  FROM ${relation}`;
}

/** The row of coverage agrees with no other, and always stays. */
function gathered(selection: GatheredGroups, relation: Sql): Sql {
  const { from, derive, keep, drop = [] } = selection;
  const names = gatheredNames(selection);
  const passed =
    drop.length === 0
      ? [sql`*`]
      : [
          ...CARRIED,
          ...[...columnsOf(from), ...names].filter((name) => !drop.includes(name)).map(identifier),
        ];
  return sql`SELECT ${longList([...passed, ...namedColumns(derive)])}
  FROM ${names.length === 0 ? relation : overThoseAlike(selection, relation)}${
    keep === undefined
      ? NOTHING
      : sql`
  WHERE ${anyOf(sql`${COVERAGE_MARK} IS NOT NULL`, keep)}`
  }`;
}

/** The groups with what is computed over those that agree: one window for each set of columns in which they do. */
function overThoseAlike({ per, gather, also = [], placeAs }: GatheredGroups, relation: Sql): Sql {
  const windows = [{ per, gather }, ...also].map((each, index) => ({
    ...each,
    name: windowName(index),
  }));
  const overThem = windows.flatMap(({ name, gather: columns }) =>
    Object.entries(columns).map(
      ([column, aggregate]) => sql`${aggregate} OVER ${name} AS ${identifier(column)}`,
    ),
  );
  const place =
    placeAs === undefined
      ? []
      : [sql`row_number() OVER (alike ORDER BY ${placeAs.orderBy}) AS ${identifier(placeAs.name)}`];
  const defined = windows.map(
    ({ name, per: columns }) =>
      sql`${name} AS (PARTITION BY ${list([COVERAGE_MARK, ...columns.map(identifier)])})`,
  );
  return sql`(
    SELECT ${longList([sql`*`, ...overThem, ...place])}
    FROM ${relation}
    WINDOW ${list(defined)}
  ) AS gathered`;
}

/** Without quotes, because Trino takes a name with them for another one. */
function windowName(index: number): Sql {
  return { text: index === 0 ? 'alike' : `alike_${index + 1}`, bound: [] };
}

function firsts({ from, per, first, countAs, ofAll }: FirstGroups, relation: Sql): Sql {
  const names = columnsOf(from);
  const columns = longList([...CARRIED, ...names.map(identifier)]);
  const alike = list([COVERAGE_MARK, ...per.map(identifier)]);
  const ofEach = names.map((name) => {
    const aggregate = ofAll[name];
    return aggregate === undefined
      ? identifier(name)
      : sql`${aggregate} OVER (PARTITION BY ${alike}) AS ${identifier(name)}`;
  });
  return sql`SELECT ${columns}, ${identifier(countAs)}
  FROM (
    SELECT ${longList([...CARRIED, ...ofEach])},
      count(*) OVER (PARTITION BY ${alike}) AS ${identifier(countAs)},
      row_number() OVER (PARTITION BY ${alike} ORDER BY ${first}) AS nth
    FROM ${relation}
  ) AS numbered
  WHERE nth = 1`;
}

function namedColumns(columns: Columns): readonly Sql[] {
  return Object.entries(columns).map(([name, column]) => {
    const own = identifier(name);
    return column.text === own.text ? own : sql`${column} AS ${own}`;
  });
}
