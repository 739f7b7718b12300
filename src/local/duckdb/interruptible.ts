import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** A query that waits for a thread misses an interrupt, so it is repeated until the query has stopped. */
const AGAIN_MS = 20;

/**
 * Does work on a connection of its own. When the signal is aborted the caller hears it at once, and the work is
 * interrupted behind it.
 */
export async function interruptible<T>(
  duckdb: DuckDBInstance,
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
  const done = work(connection).finally(() => {
    signal.removeEventListener('abort', stop);
    clearInterval(again);
    connection.closeSync();
  });
  return Promise.race([done, aborted]);
}
