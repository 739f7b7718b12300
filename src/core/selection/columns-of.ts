import { isList } from './innermost.ts';
import type { Selection } from './selection.ts';

/** The names of the columns that a selection returns, without those of coverage. */
export function columnsOf(selection: Selection): readonly string[] {
  if (isList(selection)) return Object.keys(selection.select);
  if ('per' in selection) return [...columnsOf(selection.from), selection.countAs];
  return [...Object.keys(selection.groupBy), ...Object.keys(selection.select)];
}
