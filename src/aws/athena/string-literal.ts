/**
 * Bound text as Athena takes it: every execution parameter is read as an expression of SQL, so text needs its own
 * quotes. Trino knows no escape but the doubled quote; a backslash is a plain character.
 */
export function stringLiteral(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
