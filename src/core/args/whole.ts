import type { Kind, Wording } from './kind.ts';

const EXAMPLE = 10;

/** A whole number from `min` to `max`, both included. */
export function whole(min: number, max: number, wording: Wording = {}): Kind<number> {
  const within = (value: number): number => Math.min(Math.max(value, min), max);
  const example = wording.example ?? String(within(EXAMPLE));
  return {
    hint: 'n',
    about: `a whole number from ${min} to ${max}`,
    ...wording,
    example,
    read: (word) => {
      if (!/^-?\d+$/.test(word)) return { problem: 'is not a whole number' };
      const value = Number(word);
      if (value === within(value)) return { value };
      return { problem: `is not from ${min} to ${max}`, instead: String(within(value)) };
    },
    write: String,
  };
}
