import type { Integer } from './column.ts';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const STEP = 1000;
const ONE_DECIMAL_BELOW = 100;

/** Writes bytes in decimal units, as AWS bills them: `999 B`, `12.4 MB`, `5.0 GB`. */
export function showBytes(bytes: Integer): string {
  let amount = Number(bytes);
  let unit = 0;
  while (rounded(amount, unit) >= STEP && unit < UNITS.length - 1) {
    amount /= STEP;
    unit += 1;
  }
  const shown = rounded(amount, unit);
  const decimals = unit > 0 && shown < ONE_DECIMAL_BELOW ? 1 : 0;
  return `${shown.toFixed(decimals)} ${UNITS[unit]}`;
}

function rounded(amount: number, unit: number): number {
  return unit > 0 && amount < ONE_DECIMAL_BELOW ? Math.round(amount * 10) / 10 : Math.round(amount);
}
