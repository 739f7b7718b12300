import { list } from '../sql/list.ts';
import type { Sql } from '../sql/sql.ts';
import type { RecordGroups, RecordList, Selection } from './selection.ts';

/** The level that reads records. */
export function innermost(selection: Selection): RecordList | RecordGroups {
  return 'where' in selection ? selection : innermost(selection.from);
}

/** All that a selection says of records: what it names there must be read. */
export function saidOfRecords(selection: Selection): Sql {
  const level = innermost(selection);
  const keys = isList(level) ? [] : Object.values(level.groupBy);
  return list([level.where, ...keys, ...Object.values(level.select)]);
}

/** Whether a selection is one of records themselves. */
export function isList(selection: Selection): selection is RecordList {
  return 'where' in selection && !('groupBy' in selection);
}
