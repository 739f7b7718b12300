import { AWS_LIMITS } from '../aws-limits.ts';

const IDENTIFIER = new RegExp(`^[a-z_][a-z0-9_]{0,${AWS_LIMITS.catalogName - 1}}$`);

/**
 * The name of a database, table or column in DDL, which quotes with backticks where statements use double quotes.
 * @throws RangeError when the name is not a plain lower-case identifier.
 */
export function hiveIdentifier(name: string): string {
  if (!IDENTIFIER.test(name)) throw new RangeError(`not an identifier: ${name}`);
  return `\`${name}\``;
}
