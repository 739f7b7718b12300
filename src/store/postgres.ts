import { Kysely, sql } from 'kysely';
import pg from 'pg';
import { UserError } from '../core/errors.ts';
import { migrate } from './migrations.ts';
import { postgresDialect } from './postgres-driver.ts';
import { postgresError, serverOf } from './postgres-errors.ts';
import type { ColumnTypes, StoreDatabase } from './store-database.ts';
import type { StoreTables } from './tables.ts';

/** The schema of the tables, in a database that may hold those of other programs. */
const SCHEMA = 'flowlog';

/** PostgreSQL's types. Text is ordered by its bytes, as in SQLite, whatever the language of the database. */
const TYPES: ColumnTypes = {
  text: sql`text collate "C"`,
  whole: 'bigint',
  real: 'double precision',
  serial: 'bigserial',
  strict: undefined,
};

/** What connections are called, in `pg_stat_activity`. */
const NAME = 'flowlog';

/** A process needs few: each of its calls takes a millisecond or two. */
const MOST_CONNECTIONS = 8;
/** How long a connection may take to open. */
const CONNECT_MS = 5_000;
/** How long a statement may take, with its waiting for other transactions. */
const STATEMENT_MS = 10_000;
/** The server's own limit comes first; this one is for a server that does not answer any more. */
const ANSWER_MS = STATEMENT_MS + 2_000;
/** How long a call may wait while other calls have all connections: the server answers, only not at once. */
const TURN_MS = 30_000;
/** Tells our advisory locks from those of other programs in the database. */
const LOCKS = 1_718_382_446;

/** A connection with a time limit of its own to open, which is not the one for waiting until others are free. */
class PromptClient extends pg.Client {
  constructor(options?: pg.ClientConfig) {
    super({ ...options, connectionTimeoutMillis: CONNECT_MS });
  }
}

/**
 * Opens the database of a server and brings its tables up to this version.
 * @throws StoreError in words that name the server, and neither user nor password.
 */
export async function openPostgres(url: string): Promise<StoreDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: NAME,
    max: MOST_CONNECTIONS,
    Client: PromptClient,
    connectionTimeoutMillis: TURN_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    // The process ends although connections wait for the next call.
    allowExitOnIdle: true,
    types: { getTypeParser: parserOf },
  });
  // A connection that is lost while nothing runs on it: the pool opens another one for the next call.
  pool.on('error', () => {});
  // Between its uses, and while it is closed, no one else listens: a connection that is lost then would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  const server = serverOf(url);
  const db = new Kysely<StoreTables>({ dialect: postgresDialect(pool, server) });
  const inSchema = db.withSchema(SCHEMA);
  const database: StoreDatabase = {
    db: inSchema,
    types: TYPES,
    schema: SCHEMA,
    alone: (keys, work) =>
      inSchema.transaction().execute(async (trx) => {
        for (const key of keys) await hold(trx, key);
        return work(trx);
      }),
    hold,
    backup: async () => {
      throw new UserError('A database of PostgreSQL is not backed up by flowlog.', {
        hint: `Type \`pg_dump --schema=${SCHEMA} --format=custom --file=flowlog.dump "$DATABASE_URL"\`.`,
      });
    },
    close: () => db.destroy(),
  };
  try {
    await migrate(database, `The database of ${server}`);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Holds a key until the transaction ends. Statements after it see what was committed before. */
async function hold(trx: Kysely<StoreTables>, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCKS}, hashtext(${key}))`.execute(trx);
}

/**
 * How many connections of flowlog the database of a server has. A process that has nothing to do has one nearly always,
 * because it renews its leases every ten seconds. @throws StoreError
 */
export async function flowlogsOn(url: string): Promise<number> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'a look at flowlog',
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: ANSWER_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ readonly amount: string }>(
      'select count(*) as amount from pg_stat_activity where datname = current_database() and application_name = $1',
      [NAME],
    );
    return Number(rows[0]?.amount ?? 0);
  } catch (error) {
    throw postgresError(error, serverOf(url));
  } finally {
    await client.end().catch(() => {});
  }
}

const INT8 = 20;

/** Whole numbers are below 2^53, so that they need not stay text. */
function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format);
}
