import type { Kind } from './kind.ts';
import { nearest } from './nearest.ts';

/** One of a few words. */
export function oneOf<const T extends string>(first: T, ...others: readonly T[]): Kind<T> {
  const choices = [first, ...others];
  const listed = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return {
    hint: choices.join('|'),
    about: listed,
    example: first,
    choices,
    read: (word) => {
      const value = choices.find((choice) => choice === word.toLowerCase());
      if (value !== undefined) return { value };
      return { problem: `is not ${listed}`, instead: nearest(word, choices) };
    },
    write: (value) => value,
  };
}
