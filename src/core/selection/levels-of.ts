import { allOf, anyOf } from '../sql/conditions.ts';
import { identifier } from '../sql/identifier.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';
import { columnsOf } from './columns-of.ts';
import {
  CARRIED,
  COVERAGE_MARK,
  COVERAGE_OF_EACH,
  countsOfAll,
  LISTED_FOR_COVERAGE,
} from './coverage-columns.ts';
import { columnsNamedIn } from './flows.ts';
import { isList } from './innermost.ts';
import type { Columns, FirstGroups, GroupGroups, RecordGroups, RecordList, Selection } from './selection.ts';

/** A relation of a statement: it reads the one before it, and nothing else does. */
export interface Level {
  readonly name: string;
  readonly body: Sql;
}

/**
 * The relations of a selection, from the records that it asks for to the answer. Among the groups of each is one row
 * of coverage: it begins as the group of all records beside those of the answer, and its columns are keys of every
 * grouping and window that follow, so that it comes through alone, even where there is no answer.
 */
export function levelsOf(selection: Selection): readonly Level[] {
  const name = answerName(selection);
  if (isList(selection)) return [{ name, body: listed(selection) }];
  if ('where' in selection) return [asked(selection), { name, body: grouped(selection) }];
  const from = identifier(answerName(selection.from));
  const body = 'per' in selection ? firsts(selection, from) : regrouped(selection, from);
  return [...levelsOf(selection.from), { name, body }];
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
function listed({ from, where, select }: RecordList): Sql {
  return sql`SELECT ${list([...named(COVERAGE_OF_EACH), ...named(select)])}
  FROM ${identifier(from)}
  WHERE ${anyOf(LISTED_FOR_COVERAGE, allOf(sql`log_status = 'OK'`, where))}`;
}

/** Records that are none of traffic have no addresses: they are read for coverage, whatever is asked. */
function asked({ from, where, groupBy, select }: RecordGroups): Level {
  const others = columnsNamedIn(list(Object.values(select))).filter((name) => !Object.hasOwn(groupBy, name));
  const body = sql`SELECT ${list([...others.map(identifier), ...named(groupBy)])}
  FROM ${identifier(from)}
  WHERE ${from === 'flows' ? anyOf(sql`coalesce(log_status, '') <> 'OK'`, where) : where}`;
  return { name: 'asked', body };
}

/** True of the group of all records. */
const OF_ALL = sql`grouping(log_status) = 1`;

function grouped({ from, groupBy, select }: RecordGroups): Sql {
  const keys = Object.keys(groupBy);
  const matching = from === 'flows' ? sql`log_status = 'OK'` : sql`TRUE`;
  const coverage = Object.entries(countsOfAll(matching)).map(
    ([name, counted]) => sql`CASE WHEN ${OF_ALL} THEN ${counted} END AS ${identifier(name)}`,
  );
  return sql`SELECT ${list(coverage)},
    ${list([...keys.map(identifier), ...named(select)])}
  FROM asked
  GROUP BY GROUPING SETS ((${list(['log_status', ...keys].map(identifier))}), ())
  HAVING ${anyOf(OF_ALL, matching)}`;
}

function regrouped({ groupBy, select }: GroupGroups, from: Sql): Sql {
  const keys = [...CARRIED, ...named(groupBy)];
  return sql`SELECT ${list([...keys, ...named(select)])}
  FROM ${from}
  GROUP BY ${list(keys.map((_, index) => sql`${index + 1}`))}`;
}

function firsts({ from, per, first, countAs, ofAll }: FirstGroups, relation: Sql): Sql {
  const names = columnsOf(from);
  const columns = list([...CARRIED, ...names.map(identifier)]);
  const alike = list([COVERAGE_MARK, ...per.map(identifier)]);
  const ofEach = names.map((name) => {
    const aggregate = ofAll[name];
    return aggregate === undefined
      ? identifier(name)
      : sql`${aggregate} OVER (PARTITION BY ${alike}) AS ${identifier(name)}`;
  });
  return sql`SELECT ${columns}, ${identifier(countAs)}
  FROM (
    SELECT ${list([...CARRIED, ...ofEach])},
      count(*) OVER (PARTITION BY ${alike}) AS ${identifier(countAs)},
      row_number() OVER (PARTITION BY ${alike} ORDER BY ${first}) AS nth
    FROM ${relation}
  ) AS numbered
  WHERE nth = 1`;
}

function named(columns: Columns): readonly Sql[] {
  return Object.entries(columns).map(([name, column]) => {
    const own = identifier(name);
    return column.text === own.text ? own : sql`${column} AS ${own}`;
  });
}
