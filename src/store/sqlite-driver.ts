import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type Database from 'libsql';
import { admitInTurns } from '../core/turn-of-loop.ts';
import { isBusy, lockedError, sqliteError } from './sqlite-errors.ts';

/**
 * How long another process may hold the file before a call gives up: Slack wants an acknowledgement within three seconds,
 * and a question is written down before it. The pauses are counted as they were meant; they take longer on a busy machine.
 */
const BUSY_MS = 1_500;

/** The first pause before the file is tried again, and the longest: each is twice the one before. */
const PAUSES_MS = { first: 1, longest: 25 } as const;

/** Calls that follow each other before timers and sockets have their turn: with a commit each, some ten milliseconds. */
const CALLS_A_TURN = 10;

/** Statements that change rows. */
const CHANGES: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);

/** Prepared statements that are kept; those with lists have a text for each length. */
const MOST_PREPARED = 200;

/**
 * SQLite through `libsql`, whose calls are synchronous: each takes well under a millisecond, but for a file that another
 * process holds, for which it would block everything else. So it is opened with `timeout: 0`, and a call that finds it held
 * waits here, on a timer.
 */
export function sqliteDialect(database: Database.Database, path: string): Dialect {
  return {
    createDriver: () => createDriver(database, path),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createAdapter: () => new TransactionalAdapter(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/** SQLite changes tables in transactions, too: a process that is killed leaves a file of one version. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function createDriver(database: Database.Database, path: string): Driver {
  const turns = createTransactionTurns();
  const prepared = new Map<string, Database.Statement>();
  let isClosed = false;
  const admitted = admitInTurns(CALLS_A_TURN);

  function statementOf(sql: string): Database.Statement {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const [oldest] = prepared.keys();
    if (prepared.size >= MOST_PREPARED && oldest !== undefined) prepared.delete(oldest);
    const statement = database.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  }

  function run({ sql, parameters }: CompiledQuery): QueryResult<never> {
    const statement = statementOf(sql);
    // Rows are of the shape that the query says: only flowlog writes the file.
    if (statement.reader) return { rows: statement.all([...parameters]) as never[] };
    const { changes } = statement.run([...parameters]);
    return { rows: [], numAffectedRows: BigInt(changes) };
  }

  /**
   * Runs a statement that changes rows. Alone it would be half done where the file is held, and libsql does not reset it:
   * no transaction could be committed until it is run again. So the lock comes first.
   */
  function runLocked(query: CompiledQuery): QueryResult<never> {
    database.exec('BEGIN IMMEDIATE');
    try {
      const result = run(query);
      database.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk has ended it already.
      if (database.inTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }

  /** Does something as soon as no other connection has a transaction open and no other process holds the file. */
  async function whenFree<T>(connection: DatabaseConnection, work: () => T): Promise<T> {
    // What a transaction does is not held up: all others wait for its end.
    if (!turns.areHeldBy(connection)) await admitted();
    let pauseMs: number = PAUSES_MS.first;
    for (let waitedMs = 0; ; ) {
      while (turns.areTaken(connection)) await turns.next();
      if (isClosed) throw new Error(`${path} is closed`);
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw sqliteError(error, path);
        if (waitedMs >= BUSY_MS) throw lockedError(path, error);
      }
      await sleep(pauseMs);
      waitedMs += pauseMs;
      pauseMs = Math.min(pauseMs * 2, PAUSES_MS.longest);
    }
  }

  return {
    init: async () => {},
    async acquireConnection() {
      const connection: DatabaseConnection = {
        executeQuery: (query) =>
          whenFree(connection, () =>
            CHANGES.has(query.query.kind) && !database.inTransaction ? runLocked(query) : run(query),
          ),
        async *streamQuery(query) {
          yield await connection.executeQuery(query);
        },
      };
      return connection;
    },
    // Immediate: it locks the file before it reads, so that no other process writes between a look and a write.
    beginTransaction: (connection) =>
      whenFree(connection, () => {
        database.exec('BEGIN IMMEDIATE');
        turns.begin(connection);
      }),
    async commitTransaction(connection) {
      await whenFree(connection, () => database.exec('COMMIT'));
      turns.end(connection);
    },
    async rollbackTransaction(connection) {
      try {
        if (database.inTransaction) database.exec('ROLLBACK');
      } finally {
        turns.end(connection);
      }
    },
    releaseConnection: async () => {},
    async destroy() {
      isClosed = true;
      prepared.clear();
      database.close();
    },
  };
}

/** Which connection has a transaction open: the file is opened once, and what others do meanwhile would be part of it. */
function createTransactionTurns() {
  let holder: DatabaseConnection | undefined;
  let waiting: (() => void)[] = [];
  return {
    areHeldBy: (connection: DatabaseConnection) => holder === connection,
    areTaken: (connection: DatabaseConnection) => holder !== undefined && holder !== connection,
    /** Lasts until the transaction that is open ends: another one may have begun by then. */
    next: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
      }),
    begin(connection: DatabaseConnection): void {
      holder = connection;
    },
    end(connection: DatabaseConnection): void {
      if (holder !== connection) return;
      holder = undefined;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
  };
}
