import { createServer, type Server } from 'node:http';
import { isIPv6 } from 'node:net';
import { LIMITS } from '../../render/limits.ts';
import type { Delivery } from './delivery/delivery.ts';
import { createEventSender } from './delivery/event-sender.ts';
import { createHttpDelivery } from './delivery/http-delivery.ts';
import { createSocketDelivery, type SocketDelivery } from './delivery/socket-delivery.ts';
import { createDriver } from './driver.ts';
import { createFaultQueue, type FaultQueue } from './faults.ts';
import { createPageToken } from './http/guards.ts';
import { createRequestHandler } from './http/request-handler.ts';
import { PLAYGROUND_LIMITS } from './limits.ts';
import { defaultCommand, type OpeningMessage, type PlaygroundOptions } from './options.ts';
import type { SlackPlayground } from './slack-playground.ts';
import type { RecordedCall } from './web-api/api-method.ts';
import { createWorkspace, type Workspace } from './workspace/workspace.ts';

function postOpening({ channels, messages }: Workspace, { channel, author, text }: OpeningMessage): void {
  const posted = channels.find(channel);
  if (posted === undefined) throw new RangeError(`there is no channel ${channel}`);
  messages.add({
    channel: posted.id,
    author: { kind: 'bot', id: `U0${author.toUpperCase()}`, name: author },
    text,
  });
}

/** Starts a playground: a workspace in memory, Slack's API for an app, and a page for people. */
export async function startSlackPlayground(options: PlaygroundOptions): Promise<SlackPlayground> {
  const workspace = createWorkspace(options);
  for (const opening of options.opening ?? []) postOpening(workspace, opening);
  const faults = createFaultQueue();
  const calls: RecordedCall[] = [];
  const token = options.newSecret();
  const server = createServer();
  server.maxConnections = PLAYGROUND_LIMITS.connections;
  const address = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const playgroundUrl = () => `http://${address}`;
  const { sockets, chosen: delivery } = createDeliveries(workspace, faults, address, options);
  const events = createEventSender(
    workspace,
    delivery,
    options.eventRetryMs ?? PLAYGROUND_LIMITS.eventRetryMs,
  );
  const { scopes, command = defaultCommand } = options;
  const backend = { workspace, delivery, events, command, scopes, playgroundUrl };
  const record = (call: RecordedCall) => {
    calls.push(call);
    if (calls.length > PLAYGROUND_LIMITS.rememberedCalls) calls.shift();
  };
  server.on(
    'request',
    createRequestHandler({
      options,
      backend,
      faults,
      record,
      newSocketUrl: sockets.newSocketUrl,
      sockets: () => (options.requestUrl ? null : sockets.count()),
      pageToken: createPageToken(token, address),
    }),
  );
  server.on('upgrade', sockets.upgrade);
  return {
    url: `${playgroundUrl()}/?token=${token}`,
    address: `${playgroundUrl()}/`,
    token,
    slackApiUrl: `${playgroundUrl()}/api/`,
    faults: {
      ...faults,
      refresh: sockets.refresh,
      dropSockets: sockets.drop,
      goAway() {
        faults.setAway(true);
        sockets.drop();
      },
      comeBack: () => faults.setAway(false),
    },
    calls,
    ...createDriver(backend),
    sockets: sockets.count,
    async stop() {
      events.stop();
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** How often a socket is pinged; the app's client gives up after half a minute without. */
const pingEveryMs = 5_000;

/** Sockets can always be opened, but with a `requestUrl` nothing is sent through them. */
interface Deliveries {
  readonly sockets: SocketDelivery;
  readonly chosen: Delivery;
}

function createDeliveries(
  workspace: Workspace,
  faults: FaultQueue,
  address: string,
  options: PlaygroundOptions,
): Deliveries {
  const ackMs = options.ackMs ?? LIMITS.ackMs;
  const sockets = createSocketDelivery({
    host: () => address,
    newId: workspace.newId,
    newSecret: workspace.newSecret,
    appId: workspace.bot.appId,
    ackMs,
    pingEveryMs,
    faults,
    onCount: (count) => workspace.announcer.announce({ type: 'sockets', sockets: count }),
  });
  const { requestUrl, signingSecret, now } = options;
  if (!requestUrl) return { sockets, chosen: sockets };
  if (!signingSecret)
    throw new Error('requestUrl needs a signingSecret: what is posted to the app is signed');
  return { sockets, chosen: createHttpDelivery({ requestUrl, signingSecret, now, ackMs, faults }) };
}

const loopback = new Set(['127.0.0.1', 'localhost', '::1']);

/** Starts listening and returns `host:port`. The playground has no passwords, so only this machine reaches it. */
function listen(server: Server, port: number, host: string): Promise<string> {
  if (!loopback.has(host))
    return Promise.reject(new Error(`the playground listens on a loopback address only, not on ${host}`));
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
