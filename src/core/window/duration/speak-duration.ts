import type { DurationUnit, SpokenDuration } from '../window.ts';
import { UNIT_SECONDS } from './duration-seconds.ts';

/** Weeks are left to people: seven days say more clearly how long. */
const UNITS: readonly DurationUnit[] = ['d', 'h', 'm'];

/** Seconds in the largest unit that holds them whole: 604,800 is `7d`, 5,400 is `90m`. */
export function speakDuration(seconds: number): SpokenDuration {
  const unit = UNITS.find((candidate) => seconds % UNIT_SECONDS[candidate] === 0) ?? 's';
  return { amount: seconds / UNIT_SECONDS[unit], unit };
}
