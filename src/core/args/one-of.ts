import type { Kind } from './kind.ts';
import { nearest } from './nearest.ts';

/** One of a few words, in any case; the first one is the example. */
export function oneOf<const W extends readonly [string, ...string[]]>(...words: W): Kind<W[number]> {
  const [example] = words;
  const listed = words.join(', ');
  return {
    hint: words.join('|'),
    about: `one of ${listed}`,
    example,
    choices: words,
    read: (word) => {
      const value = words.find((choice) => choice.toLowerCase() === word.toLowerCase());
      if (value !== undefined) return { value };
      return { problem: `is none of ${listed}`, instead: nearest(word, words) ?? example };
    },
    write: (value) => value,
  };
}
