import type { TableSpec } from '../ports/cloud/tables.ts';
import { hiveIdentifier } from './hive-identifier.ts';

/** A table with its database, as DDL names it. */
export function tableName({ database, name }: Pick<TableSpec, 'database' | 'name'>): string {
  return `${hiveIdentifier(database)}.${hiveIdentifier(name)}`;
}
