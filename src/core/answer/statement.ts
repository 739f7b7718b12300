import type { Statement } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Question } from '../question.ts';
import { identifier } from '../sql/identifier.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';
import { fieldsReadBy, flowsFor, recordsIn } from './flows.ts';

/** What every statement returns before the query's own columns; coverage is told from it. */
export const COVERAGE_COLUMNS = [
  'all_records',
  'flow_records',
  'skip_data',
  'no_data',
  'newest_end',
] as const;

/** Null on the one row that carries coverage when the answer is empty. */
export const PRESENT_COLUMN = 'present';

/**
 * Writes the one statement of a question: records of the window, flows among them, the query's own SELECT, and
 * the counts that coverage needs, in one scan. Order and limit are written here, so that the order is total and
 * one row more than shown tells whether there are more.
 */
export function statementFor(question: Question, scan: Scan, rowLimit: number): Statement {
  const { query, args, window, zone } = question;
  const answer = query.sql(args, { window, zone });
  const columns = list(Object.keys(query.columns).map(identifier));
  const relations = [
    relation('records', recordsIn(window, scan.tables, fieldsReadBy(answer))),
    ...(query.reads === 'flows' ? [relation('flows', flowsFor(answer))] : []),
    relation('answer', answer),
    relation('coverage', COVERAGE),
  ];
  const statement = sql`WITH ${list(relations)}
SELECT ${list([...COVERAGE_COLUMNS, PRESENT_COLUMN].map(identifier))}, ${columns}
FROM coverage
LEFT JOIN (SELECT TRUE AS ${identifier(PRESENT_COLUMN)}, ${columns} FROM answer) AS answered ON TRUE
ORDER BY ${list(query.order.map(orderTerm))}
LIMIT ${rowLimit + 1}`;
  return { ...statement, scan };
}

/** `count_if` is avoided: of no records at all DuckDB's is NULL. */
const COVERAGE = sql`SELECT
    count(*) AS all_records,
    count(*) FILTER (WHERE log_status = 'OK') AS flow_records,
    count(*) FILTER (WHERE log_status = 'SKIPDATA') AS skip_data,
    count(*) FILTER (WHERE log_status = 'NODATA') AS no_data,
    max(end_seconds) AS newest_end
  FROM records`;

function relation(name: string, body: Sql): Sql {
  return sql`${identifier(name)} AS (
  ${body}
)`;
}

function orderTerm(term: string): Sql {
  const [column = '', direction] = term.split(' ');
  return direction === 'desc' ? sql`${identifier(column)} DESC` : identifier(column);
}
