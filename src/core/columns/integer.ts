import { EngineError } from '../errors.ts';
import type { Cell, Integer } from './column.ts';

/**
 * Reads a whole number from any engine: DuckDB gives numbers and bigints, Athena gives digits as text.
 * It stays exact: beyond 2^53 it is a bigint.
 */
export function integerOf(cell: Cell): Integer {
  const whole = wholeOf(cell);
  if (whole === undefined)
    throw new EngineError('broken', `expected a whole number, got ${JSON.stringify(cell)}`);
  return whole >= Number.MIN_SAFE_INTEGER && whole <= Number.MAX_SAFE_INTEGER ? Number(whole) : whole;
}

function wholeOf(cell: Cell): bigint | undefined {
  if (typeof cell === 'bigint') return cell;
  if (typeof cell === 'number' && Number.isInteger(cell)) return BigInt(cell);
  if (typeof cell === 'string' && /^-?\d+$/.test(cell)) return BigInt(cell);
  return undefined;
}
