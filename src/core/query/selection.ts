import { identifier } from '../sql/literals.ts';
import { list, type Sql } from '../sql/sql.ts';

/** Columns by name, each an expression. Nothing may be bound in one: Athena documents `?` for WHERE alone. */
export type Columns = Readonly<Record<string, Sql>>;

/**
 * What a query selects, level by level, in the words of SQL. It is no free SELECT because Athena runs a relation again
 * for each time that a statement names it, and bills its scan again: records are read once, and what coverage is computed
 * from goes through every level with the answer. `levelsOf` writes that, so that an author cannot forget it.
 */
export type Selection = RecordList | Groups;

/** `SELECT select FROM flows WHERE where`: the records of traffic themselves. */
export interface RecordList {
  readonly from: 'flows';
  /** Which of them the question asks for; the one place for values that are bound. */
  readonly where: Sql;
  readonly select: Columns;
}

/** Groups of records, of groups, or chosen among groups. */
type Groups = RecordGroups | GroupGroups | FirstGroups | PreviousGroups | GatheredGroups;

/** `SELECT groupBy, select FROM from WHERE where GROUP BY groupBy`, over records. */
export interface RecordGroups {
  /** `flows`: records of traffic. `records`: also NODATA and SKIPDATA. */
  readonly from: 'flows' | 'records';
  /** Which of them the question asks for; the one place for values that are bound. */
  readonly where: Sql;
  /** What the records of a group agree in. One that is called like a column of `flows` is that column. */
  readonly groupBy: Columns;
  /** Aggregates over a group. They are also computed over no record at all: a divisor is wrapped in `nullif`. */
  readonly select: Columns;
  /** Which groups stay, a condition over aggregates. */
  readonly having?: Sql;
}

/** `SELECT groupBy, select FROM (from) GROUP BY groupBy`, over groups. */
export interface GroupGroups {
  readonly from: Groups;
  readonly groupBy: Columns;
  readonly select: Columns;
  /** Which groups stay, a condition over aggregates. */
  readonly having?: Sql;
}

/** Of the groups that agree in some columns, the first. */
export interface FirstGroups {
  readonly from: Groups;
  /** The columns in which they agree. */
  readonly per: readonly string[];
  /** Sort terms that make the order among them total. */
  readonly first: Sql;
  /** Columns that are computed over all the groups that agree and not taken from the first alone, each an aggregate over them. */
  readonly ofAll: Columns;
  /** The column for how many there were. */
  readonly countAs: string;
}

/** Groups with values of the one before, among those that agree in some columns: what changed from one to the next. */
export interface PreviousGroups {
  readonly from: Groups;
  /** The columns in which they agree. */
  readonly per: readonly string[];
  /** Sort terms that make the order among them total. */
  readonly orderBy: Sql;
  /** Columns by name, each from the group before; NULL in the first. */
  readonly previous: Columns;
}

/** Groups with what is computed over all those that agree in some columns, each group still by itself. */
export interface GatheredGroups {
  readonly from: Groups;
  /** The columns in which they agree. */
  readonly per: readonly string[];
  /** Columns by name, each an aggregate over the groups that agree. */
  readonly gather: Columns;
  /** What is computed over those that agree in other columns, in the same step: DuckDB may read records again for a step. */
  readonly also?: readonly Pick<GatheredGroups, 'per' | 'gather'>[];
  /** The column for the place of a group among those that agree, from 1 on, in a total order. */
  readonly placeAs?: { readonly name: string; readonly orderBy: Sql };
  /** Columns by name, each an expression over the columns of a group and what was gathered. */
  readonly derive: Columns;
  /** Which groups stay, a condition over the columns of `from` and what was gathered. */
  readonly keep?: Sql;
  /**
   * Columns of `from`, and gathered ones, that no level above reads: a statement has only so much room. A derived one may
   * take the place and the name of one of them.
   */
  readonly drop?: readonly string[];
}

/** The level that reads records. */
export function innermost(selection: Selection): RecordList | RecordGroups {
  return 'where' in selection ? selection : innermost(selection.from);
}

/** All parts of a selection that are about records: the columns that they name must be read. */
export function saidOfRecords(selection: Selection): Sql {
  const level = innermost(selection);
  const keys = isList(level) ? [] : Object.values(level.groupBy);
  const having = isList(level) || level.having === undefined ? [] : [level.having];
  return list([level.where, ...keys, ...Object.values(level.select), ...having]);
}

/** Whether a selection is one of records themselves. */
export function isList(selection: Selection): selection is RecordList {
  return 'where' in selection && !('groupBy' in selection);
}

/** Columns taken over as they are called. */
export function columnsNamed(...names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, identifier(name)]));
}

/** The names of the columns that are computed over groups that agree. */
export function gatheredNames({ gather, also = [], placeAs }: GatheredGroups): readonly string[] {
  const place = placeAs === undefined ? [] : [placeAs.name];
  return [...[gather, ...also.map((each) => each.gather)].flatMap(Object.keys), ...place];
}

/** The names of the columns that a selection returns, without those of coverage. */
export function columnsOf(selection: Selection): readonly string[] {
  if (isList(selection)) return Object.keys(selection.select);
  if ('first' in selection) return [...columnsOf(selection.from), selection.countAs];
  if ('gather' in selection) {
    const { from, derive, drop = [] } = selection;
    const names = [...columnsOf(from), ...gatheredNames(selection)].filter((name) => !drop.includes(name));
    return [...names, ...Object.keys(derive)];
  }
  if ('previous' in selection) return [...columnsOf(selection.from), ...Object.keys(selection.previous)];
  return [...Object.keys(selection.groupBy), ...Object.keys(selection.select)];
}
