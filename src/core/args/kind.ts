import type { FieldName } from '../flow-log/fields.ts';
import type { Reading } from './arg.ts';

/** A kind of value: how a word is read as one and how one is written. `required`, `optional` and `option` make arguments of it. */
export interface Kind<T> {
  /** Stands for the value in a usage line, and in a line that is to be filled in: `<address>`. */
  readonly hint: string;
  /** What may be given, in a few words: `an address or a CIDR`. */
  readonly about: string;
  /** A word that `read` understands. */
  readonly example: string;
  /** The words it can be, where there are few. */
  readonly choices?: readonly string[];
  /** Fields without which the value means nothing. */
  readonly needs?: readonly FieldName[];
  /** Set where its words can be told from any other by their form: an id, a date. */
  readonly distinct?: true;
  read(word: string): Reading<T>;
  /** Writes a value as the word that reads back to it. */
  write(value: T): string;
}

/** What a query may say better than the kind does: `address({ hint: 'client', example: '10.0.2.7' })`. */
export type Wording = Partial<Pick<Kind<unknown>, 'hint' | 'about' | 'example'>>;
