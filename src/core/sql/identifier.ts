import { AWS_LIMITS } from '../aws-limits.ts';
import type { Sql } from './sql.ts';

const IDENTIFIER = new RegExp(`^[a-z_][a-z0-9_]{0,${AWS_LIMITS.catalogName - 1}}$`);

/**
 * A column or table name, quoted as both engines quote it. Names come from our own tables or from a log's
 * header after `columnName`, never from a line.
 * @throws RangeError when the name is not a plain lower-case identifier.
 */
export function identifier(name: string): Sql {
  if (!IDENTIFIER.test(name)) throw new RangeError(`not an identifier: ${name}`);
  return { text: `"${name}"`, bound: [] };
}
