import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that the system gives to connections, which would be taken by one of another test at any time. */
const [FIRST, LAST] = [20_000, 32_000];

/** A port that nothing listens on; another process may take it before the caller does. */
export async function freePort(): Promise<number> {
  const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
  const server = createServer();
  try {
    server.listen(port);
    await once(server, 'listening');
    return port;
  } catch {
    return freePort();
  } finally {
    server.close();
  }
}
