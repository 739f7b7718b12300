import { type AddressRange, comparedText } from '../address/address-range.ts';
import type { Sql } from './sql.ts';

const CANONICAL = /^[0-9a-f.:]{2,39}(\/\d{1,3})?$/;

/**
 * An address written into a statement, for a column that is told from it: Athena documents bound values for WHERE
 * alone, and there they are bound. An `AddressRange` is our own parser's writing, and even so only what an address
 * can consist of passes.
 * @throws RangeError for text that no address or block is written as.
 */
export function addressLiteral(range: AddressRange): Sql {
  const text = comparedText(range);
  if (!CANONICAL.test(text)) throw new RangeError(`not an address: ${text}`);
  return { text: `'${text}'`, bound: [] };
}
