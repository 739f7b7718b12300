import type { ColumnDataType, Expression, Kysely, Transaction } from 'kysely';
import type { StoreTables } from './tables.ts';

/** An open database, SQLite or PostgreSQL, and what the two do in ways of their own. */
export interface StoreDatabase {
  readonly db: Kysely<StoreTables>;
  /** Types of columns, for migrations. */
  readonly types: ColumnTypes;
  /** The schema that the tables are in; undefined where there are none. */
  readonly schema: string | undefined;
  /** Does work in one transaction, which overlaps with no other one of a key of these, of whatever process. */
  alone<T>(keys: readonly string[], work: (trx: Transaction<StoreTables>) => Promise<T>): Promise<T>;
  /** Lets no other transaction, of whatever process, hold the same key until this one ends. */
  hold(trx: Kysely<StoreTables>, key: string): Promise<void>;
  /** Copies everything into a new file. @throws UserError when that cannot be done here. */
  backup(path: string): Promise<void>;
  close(): Promise<void>;
}

/** The types of columns by what they hold. */
export interface ColumnTypes {
  /** Text that is ordered by its bytes. */
  readonly text: ColumnDataType | Expression<unknown>;
  /** A whole number, negative or not, below 2^53. */
  readonly whole: ColumnDataType;
  /** A number with a fraction, of 64 bits. */
  readonly real: ColumnDataType;
  /** A whole number that the database gives out itself, each once. */
  readonly serial: ColumnDataType;
  /** What follows the columns of a table, so that values of other types are refused. */
  readonly strict: Expression<unknown> | undefined;
}

/** Parts of a list that are short enough for one statement. */
export function chunksOf<T>(all: readonly T[], size = 500): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
