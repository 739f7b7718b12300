import type { DurationUnit, SpokenDuration } from '../window.ts';

/** Seconds of each unit; a day is always 24 hours, also when the clocks change. */
export const UNIT_SECONDS: Readonly<Record<DurationUnit, number>> = {
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
