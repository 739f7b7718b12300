/** SQL text for words of our own configuration; DuckDB binds no values in SET, CREATE VIEW or table functions' lists. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as the pattern that fits it and nothing else: DuckDB takes every path for a pattern. */
export function exactPattern(path: string): string {
  return path.replace(/[[*?]/g, (sign) => `[${sign}]`);
}
