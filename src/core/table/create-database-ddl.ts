import { hiveIdentifier } from './hive-identifier.ts';

/** Makes a database, unless it is there. @throws RangeError for a name that is no plain identifier. */
export function createDatabaseDdl(database: string): string {
  return `CREATE DATABASE IF NOT EXISTS ${hiveIdentifier(database)}`;
}
