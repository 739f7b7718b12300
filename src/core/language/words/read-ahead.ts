import type { Reading, Understood } from '../../args/arg.ts';
import type { Token } from './token.ts';

/** Values of several words are tried before those of fewer: `2026-11-22 14:05 UTC`, `1 hour 30 minutes`. */
const LONGEST = 4;

/** A value read from the first words of a list, and how many it took. */
export interface ReadAhead<T> {
  readonly value: T;
  readonly length: number;
  /** What was read otherwise than typed. */
  readonly notes: readonly string[];
}

/** Reads a value of up to four words; undefined when not even the first is understood. */
export function readAhead<T>(
  tokens: readonly Token[],
  read: (typed: string) => Reading<T>,
): ReadAhead<T> | undefined {
  const named = tokens.slice(0, LONGEST).findIndex(({ name }) => name !== undefined);
  for (let length = named < 0 ? Math.min(LONGEST, tokens.length) : named; length > 0; length--) {
    const reading = read(typedText(tokens.slice(0, length)));
    if (isUnderstood(reading)) {
      const { value, note } = reading;
      return { value, length, notes: note === undefined ? [] : [note] };
    }
  }
  return undefined;
}

/** Words as they were typed, with a space between them. */
export function typedText(tokens: readonly Token[]): string {
  return tokens.map(({ name, text }) => (name === undefined ? text : `${name}=${text}`)).join(' ');
}

/** Whether a word was understood. */
export function isUnderstood<T>(reading: Reading<T>): reading is Understood<T> {
  return 'value' in reading;
}
