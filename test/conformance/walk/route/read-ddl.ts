/** A partition that a statement adds. */
export interface AddedPartition {
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly location: string;
}

/** What a statement wants. */
export type Ddl =
  | { readonly database: string }
  | { readonly database: string; readonly table: string; readonly partitions: readonly AddedPartition[] };

const TEXT = String.raw`'((?:[^'\\]|\\.)*)'`;
const DATABASE = /^CREATE DATABASE IF NOT EXISTS `(\w+)`$/;
const ALTER =
  /^ALTER TABLE `(\w+)`\.`(\w+)` ADD IF NOT EXISTS((?:\s+PARTITION \([^()]+\) LOCATION '[^']+')+)$/;
const PARTITION = new RegExp(String.raw`PARTITION \(([^()]+)\) LOCATION ${TEXT}`, 'g');
const ASSIGNMENT = new RegExp(String.raw`\x60(\w+)\x60 = ${TEXT}`, 'g');

/** Reads our own DDL, and nothing but the two forms that flowlog writes; undefined for any other. */
export function readDdl(statement: string): Ddl | undefined {
  const [, created] = DATABASE.exec(statement) ?? [];
  if (created !== undefined) return { database: created };
  const [, database, table, added] = ALTER.exec(statement) ?? [];
  if (database === undefined || table === undefined || added === undefined) return undefined;
  const partitions = [...added.matchAll(PARTITION)].map(([, spec = '', location = '']) => {
    const assigned = [...spec.matchAll(ASSIGNMENT)];
    return {
      keys: assigned.map(([, key = '']) => key),
      values: assigned.map(([, , value = '']) => unescaped(value)),
      location: unescaped(location),
    };
  });
  return { database, table, partitions };
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1');
}
