import type { Integer } from './column.ts';

/** Writes a whole number with thousands separated: `23,455`. */
export function showInteger(integer: Integer): string {
  return String(integer).replace(/\B(?=(\d{3})+$)/g, ',');
}
