import { columnName } from '../flow-log/fields.ts';

/** The table of a source: a plain identifier that tells which flow log it is of, `fl_0a1b2c3d4e5f60718`. */
export function tableName(sourceName: string): string {
  return columnName(sourceName);
}
