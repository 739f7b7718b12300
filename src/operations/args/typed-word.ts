import type { Kind } from '../../core/line/argument.ts';

/** A word that is compared with the one that a plan asks for, and used for nothing else. */
export function typedWord(): Kind<string> {
  return {
    hint: 'word',
    about: 'the word that the plan asks for',
    example: 'fl-0a1b2c3d4e5f60718',
    read: (word) => ({ value: word }),
    write: (value) => value,
  };
}
