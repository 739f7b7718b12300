import type { CorrectedReading } from '../../args/arg.ts';
import type { DurationUnit, SpokenDuration } from '../window.ts';
import { durationSeconds, UNIT_SECONDS } from './duration-seconds.ts';
import { speakDuration } from './speak-duration.ts';
import { writeDuration } from './write-duration.ts';

const UNIT = /^(?:(s|secs?|seconds?)|(m|mins?|minutes?)|(h|hrs?|hours?)|(d|days?)|(w|wks?|weeks?))$/;
const UNITS: readonly DurationUnit[] = ['s', 'm', 'h', 'd', 'w'];
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
  if (alone) return { value: { amount: 1, unit: alone } };
  if (!WHOLE.test(word)) return notOne(word, example);
  const parts = [...word.matchAll(PARTS)].map(([, digits, name]) => ({
    amount: Number(digits),
    unit: unitOf(name ?? ''),
  }));
  let seconds = 0;
  let smallest: DurationUnit = 'w';
  for (const { amount, unit } of parts) {
    if (!unit) return notOne(word, example);
    seconds += durationSeconds({ amount, unit });
    if (UNIT_SECONDS[unit] < UNIT_SECONDS[smallest]) smallest = unit;
  }
  if (seconds === 0) return { problem: 'is no time at all', instead: example };
  if (seconds > LONGEST_SECONDS) return { problem: 'is longer than flow logs are kept', instead: LONG };
  return { value: { amount: seconds / UNIT_SECONDS[smallest], unit: smallest } };
}

function unitOf(name: string): DurationUnit | undefined {
  const match = UNIT.exec(name);
  return UNITS.find((_, index) => match?.[index + 1] !== undefined);
}

function notOne(word: string, example: string): CorrectedReading<SpokenDuration> {
  if (/^\d{1,6}$/.test(word) && Number(word) > 0) {
    return { problem: 'has no unit (s, m, h, d or w)', instead: `${Number(word)}m` };
  }
  const decimal = DECIMAL.exec(word);
  const unit = unitOf(decimal?.[2] ?? '');
  const seconds = unit ? Math.round(Number(decimal?.[1]) * UNIT_SECONDS[unit]) : 0;
  if (seconds > 0) {
    return { problem: 'is not in whole numbers', instead: writeDuration(speakDuration(seconds)) };
  }
  return { problem: 'is not a length of time', instead: example };
}
