import type { Arg } from './arg.ts';
import type { Kind } from './kind.ts';

/** An argument given as `name=value`; undefined when it is left out. */
export function option<T>(kind: Kind<T>): Arg<T | undefined>;
/** An argument given as `name=value`, with the value that leaving it out means. */
export function option<T>(kind: Kind<T>, fallback: NoInfer<T>): Arg<T>;
export function option<T>(kind: Kind<T>, fallback?: T): Arg<T | undefined> {
  const leftOut = fallback === undefined ? undefined : kind.write(fallback);
  return {
    hint: kind.hint,
    about: kind.about,
    example: kind.example,
    place: 'option',
    required: false,
    ...(kind.choices && { choices: kind.choices }),
    ...(kind.needs && { needs: kind.needs }),
    fallback,
    read: (word) => kind.read(word),
    write: (value) => {
      const word = value === undefined ? undefined : kind.write(value);
      return word === leftOut ? undefined : word;
    },
  };
}
