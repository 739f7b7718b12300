import type { CorrectedReading } from '../reading.ts';

/** Seconds of each unit; a day is always 24 hours, also when the clocks change. */
const UNIT_SECONDS: Readonly<Record<DurationUnit, number>> = {
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** How many seconds a length of time is. */
export function durationSeconds({ amount, unit }: SpokenDuration): number {
  return amount * UNIT_SECONDS[unit];
}

const UNIT = /^(?:(s|secs?|seconds?)|(m|mins?|minutes?)|(h|hrs?|hours?)|(d|days?)|(w|wks?|weeks?))$/;
const UNITS_IN_ORDER: readonly DurationUnit[] = ['s', 'm', 'h', 'd', 'w'];
const PARTS = /(\d{1,15})[ ]?([a-z]+)[ ]?/g;
const WHOLE = /^(?:\d{1,15} ?[a-z]+ ?){1,5}$/;
const DECIMAL = /^(\d{1,6}\.\d{1,3}) ?([a-z]+)$/;

/** Older than any flow log is kept, and far inside what dates can hold. */
const LONGEST_SECONDS = 10 * 365 * UNIT_SECONDS.d;
const LONG = '7d';

/**
 * Reads a length of time: `90s`, `30m`, `1 hour`, `90min`, and `1h30m`, which becomes 90 minutes, the smallest
 * unit that was said. `hour` alone is one hour.
 */
export function parseDuration(typed: string, example = '1h'): CorrectedReading<SpokenDuration> {
  const word = typed.toLowerCase();
  const alone = unitOf(word);
  if (alone !== undefined) return { value: { amount: 1, unit: alone } };
  if (!WHOLE.test(word)) return notOne(word, example);
  const parts = [...word.matchAll(PARTS)].map(([, digits, name]) => ({
    amount: Number(digits),
    unit: unitOf(name ?? ''),
  }));
  let seconds = 0;
  let smallest: DurationUnit = 'w';
  for (const { amount, unit } of parts) {
    if (unit === undefined) return notOne(word, example);
    seconds += durationSeconds({ amount, unit });
    if (UNIT_SECONDS[unit] < UNIT_SECONDS[smallest]) smallest = unit;
  }
  if (seconds === 0) return { problem: 'is no time at all', instead: example };
  if (seconds > LONGEST_SECONDS) return { problem: 'is longer than flow logs are kept', instead: LONG };
  return { value: { amount: seconds / UNIT_SECONDS[smallest], unit: smallest } };
}

function unitOf(name: string): DurationUnit | undefined {
  const match = UNIT.exec(name);
  return UNITS_IN_ORDER.find((_, index) => match?.[index + 1] !== undefined);
}

function notOne(word: string, example: string): CorrectedReading<SpokenDuration> {
  if (/^\d{1,6}$/.test(word) && Number(word) > 0) {
    return { problem: 'has no unit (s, m, h, d or w)', instead: `${Number(word)}m` };
  }
  const decimal = DECIMAL.exec(word);
  const unit = unitOf(decimal?.[2] ?? '');
  const seconds = unit !== undefined ? Math.round(Number(decimal?.[1]) * UNIT_SECONDS[unit]) : 0;
  if (seconds > 0) {
    return { problem: 'is not in whole numbers', instead: writeDuration(speakDuration(seconds)) };
  }
  return { problem: 'is not a length of time', instead: example };
}

/** Weeks are left to people: seven days say more clearly how long. */
const SPOKEN_UNITS: readonly DurationUnit[] = ['d', 'h', 'm'];

/** Seconds in the largest unit that holds them whole: 604,800 is `7d`, 5,400 is `90m`. */
export function speakDuration(seconds: number): SpokenDuration {
  const unit = SPOKEN_UNITS.find((candidate) => seconds % UNIT_SECONDS[candidate] === 0) ?? 's';
  return { amount: seconds / UNIT_SECONDS[unit], unit };
}

/** Writes a length of time as the word that reads back to it: `90m`. */
export function writeDuration({ amount, unit }: SpokenDuration): string {
  return `${amount}${unit}`;
}

/** Units in which people say how long. */
type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w';

/** A length of time as a person said it: `90m` stays 90 minutes. */
export interface SpokenDuration {
  readonly amount: number;
  readonly unit: DurationUnit;
}
