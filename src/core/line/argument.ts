import type { FieldName } from '../flow-log/fields.ts';
import type { Reading } from '../reading.ts';

/** One argument of a canned query: everything that parsing, usage, help and the modal derive from. */
export interface Arg<T> {
  /** The placeholder of the value in usage lines and in lines to fill in: `<address>`. */
  readonly hint: string;
  /** What may be given, in a few words: `an address or a CIDR`. */
  readonly about: string;
  /** A word that `read` understands. */
  readonly example: string;
  /** Filled by a bare word in order, or only by `name=value`. */
  readonly place: 'bare' | 'option';
  readonly required: boolean;
  /** The words it can be, where there are few: for the nearest valid word and for a menu. */
  readonly choices?: readonly string[];
  /** The value when it is left out; meaningless when `required`. */
  readonly fallback: T;
  /** Fields without which the argument means nothing; asked for by name when it is given and they are missing. */
  readonly needs?: readonly FieldName[];
  /** Set on what every query takes, which the help describes once. */
  readonly everywhere?: true;
  /** Set where the form of its words identifies it: then arguments before it may be left out. */
  readonly distinct?: true;
  /** Set where a word that `read` does not understand may be an `AddressName`, which is looked up before it is a value. */
  readonly takesNames?: true;
  read(word: string): Reading<T>;
  /** Writes a value as the word that reads back to it; undefined when it equals leaving it out. */
  write(value: T): string | undefined;
}

/** The arguments of a query by name; the order is the order in which bare words fill them. */
export type ArgSpec = Readonly<Record<string, Arg<unknown>>>;

/** The values that a spec's arguments give. */
export type ArgsOf<S extends ArgSpec> = { readonly [K in keyof S]: S[K] extends Arg<infer T> ? T : never };

/** A kind of value: how a word is read as one and how one is written. `required`, `optional` and `option` make arguments of it. */
export interface Kind<T> {
  /** The placeholder of the value in usage lines and in lines to fill in: `<address>`. */
  readonly hint: string;
  /** What may be given, in a few words: `an address or a CIDR`. */
  readonly about: string;
  /** A word that `read` understands. */
  readonly example: string;
  /** The words it can be, where there are few. */
  readonly choices?: readonly string[];
  /** Fields without which the value means nothing. */
  readonly needs?: readonly FieldName[];
  /** Set where no other words have its form: an id, a date. */
  readonly distinct?: true;
  /** Set where a word that `read` does not understand may be an `AddressName`: then `write` writes that too. */
  readonly takesNames?: true;
  read(word: string): Reading<T>;
  /** Writes a value as the word that reads back to it. */
  write(value: T): string;
}

/** What a query may say better than the kind does: `address({ hint: 'client', example: '10.0.2.7' })`. */
export type Wording = Partial<Pick<Kind<unknown>, 'hint' | 'about' | 'example'>>;

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
    ...(kind.takesNames && { takesNames: kind.takesNames }),
    fallback: example.value,
    read: (word) => kind.read(word),
    write: (value) => kind.write(value),
  };
}

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
    ...(kind.takesNames && { takesNames: kind.takesNames }),
    fallback,
    read: (word) => kind.read(word),
    write: (value) => {
      const word = value === undefined ? undefined : kind.write(value);
      return word === leftOut ? undefined : word;
    },
  };
}

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
    ...(kind.takesNames && { takesNames: kind.takesNames }),
    ...(kind.distinct && { distinct: kind.distinct }),
    fallback: undefined,
    read: (word) => kind.read(word),
    write: (value) => (value === undefined ? undefined : kind.write(value)),
  };
}

/** A kind that is described otherwise than by its own words: what its values mean in this place. */
export function worded<T>(kind: Kind<T>, wording: Wording): Kind<T> {
  return { ...kind, ...wording };
}

/** An argument that every query takes: described once, not in each usage line. */
export function everywhere<T>(arg: Arg<T>): Arg<T> {
  return { ...arg, everywhere: true };
}
