import type { QueryResult } from 'kysely';
import type Database from 'libsql';
import { reasonOfDamage } from './sqlite-damage.ts';

/** What can be done with an open file. Calls are done one after another, in the order in which they were made. */
export type SqliteCall =
  /** Runs a statement, within the transaction that is open where there is one. */
  | { readonly kind: 'run'; readonly sql: string; readonly parameters: readonly unknown[] }
  /** Runs a statement that changes rows, in a transaction of its own where none is open. */
  | { readonly kind: 'change'; readonly sql: string; readonly parameters: readonly unknown[] }
  /** Locks the file before it reads, so that no other process writes between a look and a write. */
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  /** Does nothing where no transaction is open. */
  | { readonly kind: 'rollback' }
  /** Every write is on disk before its call returns. */
  | { readonly kind: 'set up' }
  /** Looks through the whole file; the answer is what is wrong with it. */
  | { readonly kind: 'check' }
  | { readonly kind: 'close' };

/** What a call comes to: rows, or what is wrong with the file. */
export type SqliteAnswer = QueryResult<never> | string | undefined;

/** Does calls, here or in a thread of their own. @throws SQLite's error, with its `code`. */
export type SqliteCalls = (call: SqliteCall) => Promise<SqliteAnswer>;

/** Prepared statements that are kept; those with lists have a text for each length. */
const MOST_PREPARED = 200;

/** Does calls on an open file, each before it returns. */
export function callsOn(database: Database.Database): SqliteCalls {
  const prepared = new Map<string, Database.Statement>();

  function statementOf(sql: string): Database.Statement {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const [oldest] = prepared.keys();
    if (prepared.size >= MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }

  function run(sql: string, parameters: readonly unknown[]): QueryResult<never> {
    const statement = statementOf(sql);
    // Rows are of the shape that the query says: only flowlog writes the file.
    if (statement.reader) return { rows: statement.all([...parameters]) as never[] };
    const { changes } = statement.run([...parameters]);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  /**
   * A change that is not in a transaction would be half done where the file is held, and libsql does not reset it: no
   * transaction could be committed until it is run again. So the lock comes first.
   */
  function change(sql: string, parameters: readonly unknown[]): QueryResult<never> {
    if (database.inTransaction) return run(sql, parameters);
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = run(sql, parameters);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      rollback();
      throw error;
    }
  }

  function rollback(): undefined {
    // A full disk has ended it already.
    if (database.inTransaction) database.exec('ROLLBACK');
  }

  return async (call) => {
    switch (call.kind) {
      case 'run':
        return run(call.sql, call.parameters);
      case 'change':
        return change(call.sql, call.parameters);
      case 'begin':
        database.exec('BEGIN IMMEDIATE');
        return undefined;
      case 'commit':
        database.exec('COMMIT');
        return undefined;
      case 'rollback':
        return rollback();
      case 'set up':
        database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
        return undefined;
      case 'check':
        return reasonOfDamage(database);
      case 'close':
        prepared.clear();
        database.close();
        return undefined;
    }
  };
}
