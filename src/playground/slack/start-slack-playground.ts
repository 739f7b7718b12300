import { createServer } from 'node:http';
import { createDeliveries } from './create-deliveries.ts';
import { createEventSender } from './delivery/event-sender.ts';
import { createFaultQueue } from './faults.ts';
import { createHands } from './hands.ts';
import { createPageToken } from './http/guards.ts';
import { listen } from './http/listen.ts';
import { createRequestHandler } from './http/request-handler.ts';
import { PLAYGROUND_LIMITS } from './limits.ts';
import { defaultCommand, type PlaygroundOptions } from './options.ts';
import type { SlackPlayground } from './slack-playground.ts';
import type { RecordedCall } from './web-api/recorded-call.ts';
import { createWorld } from './world/world.ts';

/** Starts a desk: a workspace in memory, Slack's side of the wire for an app, and a page for people. */
export async function startSlackPlayground(options: PlaygroundOptions): Promise<SlackPlayground> {
  const world = createWorld(options);
  const faults = createFaultQueue();
  const calls: RecordedCall[] = [];
  const token = options.newSecret();
  const server = createServer();
  server.maxConnections = PLAYGROUND_LIMITS.connections;
  const address = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  const playgroundUrl = () => `http://${address}`;
  const { sockets, chosen: delivery } = createDeliveries(world, faults, address, options);
  const events = createEventSender(world, delivery, options.eventRetryMs ?? PLAYGROUND_LIMITS.eventRetryMs);
  const { scopes, command = defaultCommand } = options;
  const stage = { world, delivery, events, command, scopes, playgroundUrl };
  const record = (call: RecordedCall) => {
    calls.push(call);
    if (calls.length > PLAYGROUND_LIMITS.rememberedCalls) calls.shift();
  };
  server.on(
    'request',
    createRequestHandler({
      ...{ options, stage, faults, record },
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
    faults: { ...faults, refresh: sockets.refresh, dropSockets: sockets.drop },
    calls,
    ...createHands(stage),
    sockets: sockets.count,
    async stop() {
      events.stop();
      await sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
