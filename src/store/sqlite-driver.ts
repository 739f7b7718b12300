import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { admitInTurns } from '../core/turn-of-loop.ts';
import type { SqliteCalls } from './sqlite-calls.ts';
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

/** SQLite through calls of which one that finds the file held says so at once: it waits here, on a timer. */
export function sqliteDialect(calls: SqliteCalls, path: string): Dialect {
  return {
    createDriver: () => createDriver(calls, path),
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

function createDriver(calls: SqliteCalls, path: string): Driver {
  const turns = createTransactionTurns();
  const admitted = admitInTurns(CALLS_A_TURN);
  let isClosed = false;

  /** Does something as soon as no other connection has a transaction open and no other process holds the file. */
  async function whenFree<T>(connection: DatabaseConnection, work: () => Promise<T>): Promise<T> {
    // What a transaction does is not held up: all others wait for its end.
    if (!turns.areHeldBy(connection)) await admitted();
    let pauseMs: number = PAUSES_MS.first;
    for (let waitedMs = 0; ; ) {
      while (turns.areTaken(connection)) await turns.next();
      if (isClosed) throw new Error(`${path} is closed`);
      try {
        return await work();
      } catch (error) {
        if (!isBusy(error)) throw sqliteError(error, path);
        if (waitedMs >= BUSY_MS) throw lockedError(path, error);
      }
      await sleep(pauseMs);
      waitedMs += pauseMs;
      pauseMs = Math.min(pauseMs * 2, PAUSES_MS.longest);
    }
  }

  async function begin(connection: DatabaseConnection): Promise<void> {
    // From now on: what others ask for until it has begun would be part of it.
    turns.begin(connection);
    try {
      await calls({ kind: 'begin' });
    } catch (error) {
      turns.end(connection);
      throw error;
    }
  }

  return {
    init: async () => {},
    async acquireConnection() {
      const connection: DatabaseConnection = {
        async executeQuery({ sql, parameters, query }) {
          const kind = CHANGES.has(query.kind) ? 'change' : 'run';
          const answer = await whenFree(connection, () => calls({ kind, sql, parameters }));
          return typeof answer === 'object' ? answer : { rows: [] };
        },
        async *streamQuery(query) {
          yield await connection.executeQuery(query);
        },
      };
      return connection;
    },
    beginTransaction: (connection) => whenFree(connection, () => begin(connection)),
    async commitTransaction(connection) {
      await whenFree(connection, () => calls({ kind: 'commit' }));
      turns.end(connection);
    },
    async rollbackTransaction(connection) {
      try {
        await calls({ kind: 'rollback' });
      } finally {
        turns.end(connection);
      }
    },
    releaseConnection: async () => {},
    async destroy() {
      isClosed = true;
      await calls({ kind: 'close' });
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
