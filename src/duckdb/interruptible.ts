import type { DuckDBConnection } from '@duckdb/node-api';
import type { Duckdb } from './open-duckdb.ts';

/** A query that waits for a thread misses an interrupt, so it is repeated until the query has stopped. */
const AGAIN_MS = 20;

/**
 * Does work on a connection of its own. When the signal is aborted the caller hears it at once, and the work is
 * interrupted behind it. An error that ends DuckDB has it opened again for the next work.
 */
export async function interruptible<T>(
  duckdb: Duckdb,
  signal: AbortSignal,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const connection = await duckdb.connect();
  let again: NodeJS.Timeout | undefined;
  let tellAborted: (reason: unknown) => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    tellAborted = reject;
  });
  const stop = () => {
    connection.interrupt();
    again = setInterval(() => connection.interrupt(), AGAIN_MS);
    tellAborted(signal.reason);
  };
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  const done = work(connection)
    .catch((error: unknown) => {
      duckdb.failed(connection, error);
      throw error;
    })
    .finally(() => {
      signal.removeEventListener('abort', stop);
      clearInterval(again);
      connection.closeSync();
    });
  return Promise.race([done, aborted]);
}
