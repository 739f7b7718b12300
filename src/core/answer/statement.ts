import type { Statement } from '../ports/engine.ts';
import type { Scan } from '../ports/scan.ts';
import type { Question } from '../question.ts';
import { CARRIED, COVERAGE_MARK } from '../selection/coverage-columns.ts';
import { fieldsReadBy, flowsFor, recordsIn } from '../selection/flows.ts';
import { innermost, isList, saidOfRecords } from '../selection/innermost.ts';
import { answerName, type Level, levelsOf } from '../selection/levels-of.ts';
import type { Selection } from '../selection/selection.ts';
import { totalColumn, withTotals } from '../selection/totals.ts';
import { identifier } from '../sql/identifier.ts';
import { list } from '../sql/list.ts';
import { type Sql, sql } from '../sql/sql.ts';

/** One row more tells that there are others, and one is that of coverage. */
const ROWS_BESIDE_THE_SHOWN = 2;
/** Records of lost flows that a list holds beside its own: one of them is a doubt already. */
const MOST_LOST_COUNTED = 100;

/**
 * Writes the one statement of a question: the records of the window, what the query selects of them, and beside it
 * what coverage is told from. Each relation is read once, by the next: Athena scans a table again for each time that
 * it is read, and bills it. Order and limit are written here, so that the order is total.
 */
export function statementFor(question: Question, scan: Scan, rowLimit: number): Statement {
  const { query, args, window, zone } = question;
  const selection = query.sql(args, { window, zone });
  const said = saidOfRecords(selection);
  const counted = totalNames(query).length > 0;
  const relations: readonly Level[] = [
    { name: 'records', body: recordsIn(window, scan.tables, fieldsReadBy(said)) },
    ...(innermost(selection).from === 'flows' ? [{ name: 'flows', body: flowsFor(said) }] : []),
    ...levelsOf(selection),
    ...(counted
      ? [{ name: COUNTED, body: withTotals(query.totals, identifier(answerName(selection))) }]
      : []),
  ];
  const columns = [...totalNames(query), ...Object.keys(query.columns)];
  const statement = sql`WITH ${list(relations.map(relation))}
SELECT ${list([...CARRIED, ...columns.map(identifier)])}
FROM ${identifier(counted ? COUNTED : answerName(selection))}
ORDER BY ${COVERAGE_MARK} ${isList(selection) ? sql`IS NOT NULL` : sql`IS NULL`}, ${list(query.order.map(orderTerm))}
LIMIT ${longestList(selection, rowLimit) ?? rowLimit + ROWS_BESIDE_THE_SHOWN}`;
  return { ...statement, scan };
}

/** The columns in which a statement carries the totals of a query. */
export function totalNames({ totals }: Pick<Question['query'], 'totals'>): readonly string[] {
  return Object.keys(totals).map(totalColumn);
}

/** The relation of the answer with its totals. */
const COUNTED = 'counted';

/** How many records a list holds at most, those of lost flows among them; undefined for what is no list. */
export function longestList(selection: Selection, rowLimit: number): number | undefined {
  return isList(selection) ? rowLimit + 1 + MOST_LOST_COUNTED : undefined;
}

function relation({ name, body }: Level): Sql {
  return sql`${identifier(name)} AS (
  ${body}
)`;
}

function orderTerm(term: string): Sql {
  const [column = '', direction] = term.split(' ');
  return direction === 'desc' ? sql`${identifier(column)} DESC` : identifier(column);
}
