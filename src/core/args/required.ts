import type { Arg } from './arg.ts';
import type { Kind } from './kind.ts';

/**
 * An argument that must be given, as a bare word.
 * @throws RangeError when the kind does not understand its own example.
 */
export function required<T>(kind: Kind<T>): Arg<T> {
  const example = kind.read(kind.example);
  if (!('value' in example)) throw new RangeError(`the example ${kind.example} ${example.problem}`);
  return {
    hint: kind.hint,
    about: kind.about,
    example: kind.example,
    place: 'bare',
    required: true,
    ...(kind.choices && { choices: kind.choices }),
    ...(kind.needs && { needs: kind.needs }),
    fallback: example.value,
    read: (word) => kind.read(word),
    write: (value) => kind.write(value),
  };
}
