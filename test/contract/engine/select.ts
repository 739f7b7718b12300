import { type Collected, collected } from '../../support/collected.ts';
import type { OpenEngine } from '../engine.ts';

/** Runs SQL over all records of an open engine. */
export function select(
  { engine, scan }: OpenEngine,
  text: string,
  bound: readonly string[] = [],
  signal = new AbortController().signal,
): Promise<Collected> {
  return collected(engine, { text, bound, scan }, signal);
}

/** Cells as exact text, since one engine gives numbers and another digits. */
export function written({ rows }: Collected): readonly (readonly (string | null)[])[] {
  return rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}
