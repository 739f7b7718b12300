import type { FieldName } from '../flow-log/fields.ts';
import type { Scan } from '../lake/scan.ts';
import {
  CARRIED,
  COVERAGE_MARK,
  countsOfAll,
  coverageOfEach,
  LISTED_FOR_COVERAGE,
} from '../query/coverage-columns.ts';
import { columnsReadBy, fieldsReadBy, flowsFor, recordsIn } from '../query/flows.ts';
import { type Question, windowsOf } from '../query/question.ts';
import { type NameReading, nameReading, namesCarried, namingFields } from '../query/recorded-names.ts';
import {
  type Columns,
  columnsOf,
  type FirstGroups,
  type GatheredGroups,
  type GroupGroups,
  innermost,
  isList,
  type PreviousGroups,
  type RecordGroups,
  type RecordList,
  type Selection,
  saidOfRecords,
} from '../query/selection.ts';
import { totalColumn, withTotals } from '../query/totals.ts';
import { identifier, withValues } from '../sql/literals.ts';
import { allOf, anyOf, list, longList, type Sql, sql } from '../sql/sql.ts';
import type { Statement } from './engine.ts';

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
SELECT ${longList([...CARRIED, ...columns.map(identifier)])}
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

/** A relation of a statement: it reads the one before it, and nothing else does. */
interface Level {
  readonly name: string;
  readonly body: Sql;
}

/**
 * The relations of a selection, from the records that it asks for to the answer. Among the groups of each is one row
 * of coverage: it begins as the group of all records, next to those of the answer, and its columns are keys of every
 * grouping and window that follow, so that it comes through alone, even where there is no answer.
 */
function levelsOf(selection: Selection, naming: NameReading | undefined): readonly Level[] {
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
function answerName(selection: Selection): string {
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
  const coverage = Object.entries(countsOfAll(matching, naming)).map(
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
function gathered(
  { from, per, gather, placeAs, derive, keep, drop = [] }: GatheredGroups,
  relation: Sql,
): Sql {
  const alike = list([COVERAGE_MARK, ...per.map(identifier)]);
  const overThem = Object.entries(gather).map(
    ([name, aggregate]) => sql`${aggregate} OVER alike AS ${identifier(name)}`,
  );
  const place =
    placeAs === undefined
      ? []
      : [sql`row_number() OVER (alike ORDER BY ${placeAs.orderBy}) AS ${identifier(placeAs.name)}`];
  const names = [...Object.keys(gather), ...(placeAs === undefined ? [] : [placeAs.name])];
  const passed =
    drop.length === 0
      ? [sql`*`]
      : [
          ...CARRIED,
          ...[...columnsOf(from), ...names].filter((name) => !drop.includes(name)).map(identifier),
        ];
  const inner =
    names.length === 0
      ? relation
      : sql`(
    SELECT ${longList([sql`*`, ...overThem, ...place])}
    FROM ${relation}
    WINDOW alike AS (PARTITION BY ${alike})
  ) AS gathered`;
  return sql`SELECT ${longList([...passed, ...namedColumns(derive)])}
  FROM ${inner}${
    keep === undefined
      ? NOTHING
      : sql`
  WHERE ${anyOf(sql`${COVERAGE_MARK} IS NOT NULL`, keep)}`
  }`;
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

/** The SQL of a statement as a person runs it in a console, with its values in it. */
export function pasteable(statement: Statement): string {
  return withValues(statement);
}
