import type { Integer } from '../columns/column.ts';
import { showBytes } from '../columns/show-bytes.ts';
import type { HeadlineContext } from '../query.ts';

/** An amount of data in a headline: `at least 5.0 GB` where the logs may lack records, words where none is recorded. */
export function amountOf(
  bytes: Integer | null | undefined,
  { least }: Pick<HeadlineContext, 'least'>,
): string {
  if (bytes === null || bytes === undefined) return 'an amount that is not recorded';
  return `${least}${showBytes(bytes)}`;
}
