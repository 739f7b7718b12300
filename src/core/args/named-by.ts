import type { Kind } from './kind.ts';

/** A word of a fixed form: an account, a region, a bucket. Lower case, as AWS writes them. */
export function namedBy(
  pattern: RegExp,
  words: Pick<Kind<string>, 'hint' | 'about' | 'example'>,
): Kind<string> {
  return {
    ...words,
    read: (word) => {
      const value = word.toLowerCase();
      return pattern.test(value) ? { value } : { problem: `is not ${words.about}` };
    },
    write: (value) => value,
  };
}
