import { columnName } from '../flow-log/fields.ts';

/** The name of a source's table: a plain identifier that tells which flow log it is of, `fl_0a1b2c3d4e5f60718`. */
export function tableNameFor(sourceName: string): string {
  return columnName(sourceName);
}
