import type { Arg } from './arg.ts';
import type { Kind } from './kind.ts';

/** An argument that may be given as a bare word; undefined when it is left out. */
export function optional<T>(kind: Kind<T>): Arg<T | undefined> {
  return {
    hint: kind.hint,
    about: kind.about,
    example: kind.example,
    place: 'bare',
    required: false,
    ...(kind.choices && { choices: kind.choices }),
    ...(kind.needs && { needs: kind.needs }),
    ...(kind.distinct && { distinct: kind.distinct }),
    fallback: undefined,
    read: (word) => kind.read(word),
    write: (value) => (value === undefined ? undefined : kind.write(value)),
  };
}
