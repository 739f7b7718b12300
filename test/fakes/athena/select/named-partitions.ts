/** A table that a statement reads, and the condition by which it names the partitions and, where it does, the files. */
export interface NamedTable {
  readonly database: string;
  readonly name: string;
  readonly condition: string;
}

/** Our statements write what Athena prunes by first, and the times of the records behind it. */
const READ = /FROM "(\w+)"\."(\w+)"\s+WHERE ([\s\S]+?) AND \(+"end" >=/g;

/** The tables of a statement of flowlog. @throws RangeError for one that reads none, which would read all of S3. */
export function namedTables(statement: string): readonly NamedTable[] {
  const found = [...statement.matchAll(READ)].map(([, database = '', name = '', condition = '']) => ({
    database,
    name,
    condition,
  }));
  if (found.length === 0) throw new RangeError(`no table with partitions is read: ${statement}`);
  return found;
}
