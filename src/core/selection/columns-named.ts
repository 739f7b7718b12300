import { identifier } from '../sql/identifier.ts';
import type { Columns } from './selection.ts';

/** Columns taken over as they are called. */
export function columnsNamed(...names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, identifier(name)]));
}
