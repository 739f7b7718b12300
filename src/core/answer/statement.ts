import type { FieldName } from '../flow-log/fields.ts';
import type { Scan } from '../lake/scan.ts';
import { COVERAGE_COLUMNS, COVERAGE_MARK, UNPACKED_COVERAGE } from '../query/coverage-columns.ts';
import { fieldsReadBy, flowsFor, recordsIn } from '../query/flows.ts';
import { type Question, windowsOf } from '../query/question.ts';
import { type NameReading, nameReading, namingFields } from '../query/recorded-names.ts';
import { innermost, isList, type Selection, saidOfRecords } from '../query/selection.ts';
import { totalColumn, withTotals } from '../query/totals.ts';
import { identifier, withValues } from '../sql/literals.ts';
import { list, longList, type Sql, sql } from '../sql/sql.ts';
import type { Statement } from './engine.ts';
import { answerName, type Level, levelsOf } from './levels.ts';

/** One row more shows that there are others, and one is that of coverage. */
const ROWS_BESIDE_THE_SHOWN = 2;
/** Records of lost flows that a list holds in addition to its own: one of them is a doubt already. */
const MOST_LOST_COUNTED = 100;

/**
 * Writes the one statement of a question: the records of the window, what the query selects of them, and with it
 * what coverage is computed from. Each relation is read once, by the next: Athena scans a table again for each time that
 * it is read, and bills it. Order and limit are written here, so that the order is total.
 * @param isNamed whether the records are also asked what they say of names, where they say any.
 */
export function statementFor(question: Question, scan: Scan, rowLimit: number, isNamed = true): Statement {
  const { query, args, window, zone } = question;
  const windows = windowsOf(question);
  const selection = query.sql(args, { window, zone });
  const naming = namingIn(question, selection, scan, isNamed);
  const said = saidBy(selection, naming);
  const counted = totalNames(query).length > 0;
  const relations: readonly Level[] = [
    {
      name: 'records',
      body: recordsIn(
        windows.map(([, each]) => each),
        scan.tables,
        fieldsReadBy(said),
      ),
    },
    ...(innermost(selection).from === 'flows' ? [{ name: 'flows', body: flowsFor(said, windows) }] : []),
    ...levelsOf(selection, naming),
    ...(counted
      ? [{ name: COUNTED_RELATION, body: withTotals(query.totals, identifier(answerName(selection))) }]
      : []),
  ];
  const columns = [...totalNames(query), ...Object.keys(query.columns)];
  const statement = sql`WITH ${list(relations.map(relation))}
SELECT ${longList([...(isList(selection) ? COVERAGE_COLUMNS.map(identifier) : UNPACKED_COVERAGE), ...columns.map(identifier)])}
FROM ${identifier(counted ? COUNTED_RELATION : answerName(selection))}
ORDER BY ${COVERAGE_MARK} ${isList(selection) ? sql`IS NOT NULL` : sql`IS NULL`}, ${list(query.order.map(orderTerm))}
LIMIT ${longestList(selection, rowLimit) ?? rowLimit + ROWS_BESIDE_THE_SHOWN}`;
  return { ...statement, scan };
}

function namingIn(
  { query }: Question,
  selection: Selection,
  scan: Scan,
  isNamed: boolean,
): NameReading | undefined {
  return isNamed && showsNames(query) ? namingOf(selection, scan) : undefined;
}

/** All that a statement says of records. */
function saidBy(selection: Selection, naming: NameReading | undefined): Sql {
  return list([saidOfRecords(selection), ...readBy(naming)]);
}

/** The fields of which a statement reads the columns: of Parquet Athena bills no others. */
export function fieldsScanned(question: Question, scan: Scan, isNamed = true): readonly FieldName[] {
  const selection = question.query.sql(question.args, question);
  const fields = fieldsReadBy(saidBy(selection, namingIn(question, selection, scan, isNamed)));
  // Each statement filters by both times.
  return [...new Set<FieldName>([...fields, 'start', 'end'])];
}

/** Whether an answer shows anything that may have a name. */
function showsNames({ columns }: Question['query']): boolean {
  return Object.values(columns).some(({ kind }) => kind === 'address' || kind === 'interface');
}

/** How the names that the records say are read; not where records that are none of traffic are looked for. */
function namingOf(selection: Selection, { tables }: Scan): NameReading | undefined {
  return innermost(selection).from === 'flows' ? nameReading(namingFields(tables)) : undefined;
}

function readBy(naming: NameReading | undefined): readonly Sql[] {
  return naming === undefined ? [] : [naming.owner, naming.service];
}

/** The columns in which a statement carries the totals of a query. */
export function totalNames({ totals }: Pick<Question['query'], 'totals'>): readonly string[] {
  return Object.keys(totals).map(totalColumn);
}

/** The relation of the answer with its totals. */
const COUNTED_RELATION = 'counted';

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

/** The SQL of a statement as a person runs it in a console, with its values in it. */
export function pasteable(statement: Statement): string {
  return withValues(statement);
}
