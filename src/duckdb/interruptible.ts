import type { DuckDBConnection } from '@duckdb/node-api';
import { untilAborted } from '../core/until-aborted.ts';
import type { Duckdb } from './open-duckdb.ts';

/** A query that waits for a thread misses an interrupt, so it is repeated until the query has stopped. */
const AGAIN_MS = 20;

/**
 * Does work on a connection of its own. When the signal is aborted this rejects at once, and the work is interrupted
 * behind it. An error that ends DuckDB has it opened again for the next work.
 */
export async function interruptible<T>(
  duckdb: Duckdb,
  signal: AbortSignal,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const connection = await duckdb.connect();
  let repeated: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    repeated = setInterval(() => connection.interrupt(), AGAIN_MS);
  };
  signal.addEventListener('abort', interrupt);
  if (signal.aborted) interrupt();
  const done = work(connection)
    .catch((error: unknown) => {
      duckdb.failed(connection, error);
      throw error;
    })
    .finally(() => {
      signal.removeEventListener('abort', interrupt);
      clearInterval(repeated);
      connection.closeSync();
    });
  return untilAborted(signal, done);
}
