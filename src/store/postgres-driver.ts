import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import pg from 'pg';
import { postgresError } from './postgres-errors.ts';

/** PostgreSQL through a pool, with errors in words for people. */
export function postgresDialect(pool: pg.Pool, server: string): Dialect {
  return {
    createDriver: () => createPoolDriver(pool, server),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

/** A connection that goes back to the pool, or is closed where it cannot be used again. */
interface PooledConnection extends DatabaseConnection {
  release(): void;
}

function createPoolDriver(pool: pg.Pool, server: string): Driver {
  const connections = new WeakMap<DatabaseConnection, PooledConnection>();
  return {
    init: async () => {},
    async acquireConnection() {
      try {
        const connection = pooledConnection(await pool.connect(), server);
        connections.set(connection, connection);
        return connection;
      } catch (error) {
        throw postgresError(error, server);
      }
    },
    beginTransaction: (connection) => perform(connection, 'begin'),
    commitTransaction: (connection) => perform(connection, 'commit'),
    rollbackTransaction: (connection) => perform(connection, 'rollback'),
    releaseConnection: async (connection) => connections.get(connection)?.release(),
    destroy: () => pool.end(),
  };
}

async function perform(connection: DatabaseConnection, statement: string): Promise<void> {
  await connection.executeQuery(CompiledQuery.raw(statement));
}

function pooledConnection(client: pg.PoolClient, server: string): PooledConnection {
  let isLost = false;
  // Without a listener the loss of a connection in the middle of a call would end the process.
  const onError = () => {
    isLost = true;
  };
  client.on('error', onError);
  const connection: PooledConnection = {
    async executeQuery({ sql, parameters }) {
      try {
        return resultOf(await client.query(sql, parameters.map(storable)));
      } catch (error) {
        // Where the server answered with a code, the connection can be used again.
        isLost ||= !(error instanceof pg.DatabaseError);
        throw postgresError(error, server);
      }
    },
    async *streamQuery(query) {
      yield await connection.executeQuery(query);
    },
    release() {
      client.off('error', onError);
      client.release(isLost);
    },
  };
  return connection;
}

/** Rows are of the shape that the query says. A count is there for a statement that changes rows. */
function resultOf({ command, rowCount, rows }: pg.QueryResult): QueryResult<never> {
  const counts = ['INSERT', 'UPDATE', 'DELETE'].includes(command);
  return { rows: rows as never[], ...(counts && { numAffectedRows: BigInt(rowCount ?? 0) }) };
}

/** The one character that text in PostgreSQL cannot have becomes the sign for a character that is missing. */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}
