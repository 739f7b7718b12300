import type { CorrectedReading } from '../../args/arg.ts';

/** VPC flow logs exist since June 2015. */
const FIRST_YEAR = 2015;

/** Reads a day of the calendar, `YYYY-MM-DD`; `instead` is given back for a word that is none. */
export function parseDate(word: string, instead: string): CorrectedReading<string> {
  if (/^[+-]?\d{5,}-\d/.test(word)) return { problem: 'has a year that is far too late', instead };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(word)) return { problem: 'is not a date like 2026-11-22', instead };
  const midnight = new Date(`${word}T00:00:00Z`);
  // Date takes 31 February for 3 March: only a day of the calendar comes back as it was written.
  const exists = !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(word);
  if (!exists) return { problem: 'is not a day of the calendar', instead };
  if (midnight.getUTCFullYear() < FIRST_YEAR) return { problem: 'is before there were flow logs', instead };
  return { value: word };
}
