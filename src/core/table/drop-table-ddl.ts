import { tableName } from './table-name.ts';

/** Drops a table if it is there; its files stay. @throws RangeError for names that are no plain identifiers. */
export function dropTableDdl(database: string, name: string): string {
  return `DROP TABLE IF EXISTS ${tableName({ database, name })}`;
}
