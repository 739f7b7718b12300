import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Starts listening and returns `host:port`. The desk has no passwords, so it stays on this machine. */
export function listen(server: Server, port: number, host: string): Promise<string> {
  if (!loopback.has(host))
    return Promise.reject(new Error(`the desk listens on a loopback address only, not on ${host}`));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      const actualPort = typeof address === 'object' && address ? address.port : port;
      resolve(`${isIPv6(host) ? `[${host}]` : host}:${actualPort}`);
    });
  });
}
