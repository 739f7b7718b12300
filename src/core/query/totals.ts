import { identifier } from '../sql/literals.ts';
import { allOf, list, longList, type Sql, sql } from '../sql/sql.ts';
import { COVERAGE_MARK } from './coverage-columns.ts';

/**
 * What is computed over all rows of an answer, those that are not shown too: how many rows, or different values of a column,
 * where a condition over the answer's columns holds; a column that is added up; or the first or last instant of a column,
 * in epoch seconds, 0 where there is none.
 */
export type Total =
  | { readonly where: Sql }
  | { readonly distinct: string; readonly where?: Sql }
  | { readonly sum: string }
  | { readonly first: string; readonly where: Sql }
  | { readonly last: string; readonly where: Sql };

/** Totals by name. */
export type Totals = Readonly<Record<string, Total>>;

/** The column in which each row of a statement carries a total: `total_rejected_peers`. */
export function totalColumn(name: string): string {
  return `total_${inLowerCase(name)}`;
}

function inLowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * The relation of an answer with its totals in every row. They are windows over the same rows, because Athena scans
 * the records again for each time that a relation is read.
 */
export function withTotals(totals: Totals, relation: Sql): Sql {
  const named = Object.entries(totals);
  const firsts = named.flatMap(([name, total]) => {
    if (!('distinct' in total)) return [];
    const alike = list([COVERAGE_MARK, identifier(total.distinct), holding(total)]);
    return [sql`row_number() OVER (PARTITION BY ${alike}) AS ${first(name)}`];
  });
  const sums = named.map(
    ([name, total]) => sql`${overAll(name, total)} OVER () AS ${identifier(totalColumn(name))}`,
  );
  return sql`SELECT ${longList([sql`*`, ...sums])}
  FROM (
    SELECT ${longList([sql`*`, ...firsts])}
    FROM ${relation}
  ) AS marked`;
}

function overAll(name: string, total: Total): Sql {
  if ('first' in total) return sql`min(${instantOf(total.first, total)})`;
  if ('last' in total) return sql`max(${instantOf(total.last, total)})`;
  return sql`sum(${counted(name, total)})`;
}

function instantOf(column: string, { where }: { readonly where: Sql }): Sql {
  return sql`CASE WHEN ${allOf(sql`${COVERAGE_MARK} IS NULL`, where)} THEN ${identifier(column)} END`;
}

function counted(
  name: string,
  total: Exclude<Total, { readonly first: string } | { readonly last: string }>,
): Sql {
  const isOfAnswer = sql`${COVERAGE_MARK} IS NULL`;
  if ('sum' in total) return sql`CASE WHEN ${isOfAnswer} THEN ${identifier(total.sum)} ELSE 0 END`;
  const isCounted = allOf(
    isOfAnswer,
    total.where,
    'distinct' in total && sql`${first(name)} = 1`,
    'distinct' in total && sql`${identifier(total.distinct)} IS NOT NULL`,
  );
  return sql`CASE WHEN ${isCounted} THEN 1 ELSE 0 END`;
}

function first(name: string): Sql {
  return identifier(`nth_${inLowerCase(name)}`);
}

function holding({ where }: { readonly where?: Sql }): Sql {
  return where === undefined ? sql`TRUE` : sql`coalesce(${where}, FALSE)`;
}
