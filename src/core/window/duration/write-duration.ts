import type { SpokenDuration } from '../window.ts';

/** Writes a length of time as the word that reads back to it: `90m`. */
export function writeDuration({ amount, unit }: SpokenDuration): string {
  return `${amount}${unit}`;
}
