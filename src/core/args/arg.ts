import type { FieldName } from '../flow-log/fields.ts';

/** A word that an argument understood, with what to tell the person when it was read otherwise than typed. */
export interface Understood<T> {
  readonly value: T;
  readonly note?: string;
}

/** A word that an argument did not understand. */
export interface NotUnderstood {
  /** Completes the sentence after the quoted word: `is not an address`. */
  readonly problem: string;
  /**
   * A word that is understood and means what was typed, or the nearest of a few choices. Undefined where none can be
   * known: a value that the person did not type is never put in place of theirs.
   */
  readonly instead?: string | undefined;
}

/** A word that was not understood, with one that is. */
export interface Corrected extends NotUnderstood {
  readonly instead: string;
}

/** What reading one word gives. */
export type Reading<T> = Understood<T> | NotUnderstood;

/** What reading one word gives where there is always a word that can be typed instead. */
export type CorrectedReading<T> = Understood<T> | Corrected;

/** One argument of a canned query: everything that parsing, usage, help and the modal derive from. */
export interface Arg<T> {
  /** Stands for the value in a usage line, and in a line that is to be filled in: `<address>`. */
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
  /** Set on what every query takes, which the help tells once for all. */
  readonly everywhere?: true;
  /** Set where its words can be told by their form: then what stands before it may be left out. */
  readonly distinct?: true;
  read(word: string): Reading<T>;
  /** Writes a value as the word that reads back to it; undefined when it equals leaving it out. */
  write(value: T): string | undefined;
}

/** The arguments of a query by name; the order is the order in which bare words fill them. */
export type ArgSpec = Readonly<Record<string, Arg<unknown>>>;

/** The values that a spec's arguments give. */
export type ArgsOf<S extends ArgSpec> = { readonly [K in keyof S]: S[K] extends Arg<infer T> ? T : never };
