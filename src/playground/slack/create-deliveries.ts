import { LIMITS } from '../../render/limits.ts';
import type { Delivery } from './delivery/delivery.ts';
import { createHttpDelivery } from './delivery/http-delivery.ts';
import { createSocketDelivery, type SocketDelivery } from './delivery/socket-delivery.ts';
import type { FaultQueue } from './faults.ts';
import type { PlaygroundOptions } from './options.ts';
import type { World } from './world/world.ts';

/** How often a socket is pinged; the app's client gives up after half a minute without. */
const pingEveryMs = 5_000;

/** The ways to the app: sockets always stand open, but with a `requestUrl` nothing goes through them. */
export interface Deliveries {
  readonly sockets: SocketDelivery;
  readonly chosen: Delivery;
}

/** Creates the ways to the app that the options ask for. */
export function createDeliveries(
  world: World,
  faults: FaultQueue,
  address: string,
  options: PlaygroundOptions,
): Deliveries {
  const ackMs = options.ackMs ?? LIMITS.ackMs;
  const sockets = createSocketDelivery({
    host: () => address,
    newId: world.newId,
    newSecret: world.newSecret,
    appId: world.bot.appId,
    ackMs,
    pingEveryMs,
    faults,
    onCount: (count) => world.announcer.announce({ type: 'sockets', sockets: count }),
  });
  const { requestUrl, signingSecret, now } = options;
  if (!requestUrl) return { sockets, chosen: sockets };
  if (!signingSecret)
    throw new Error('requestUrl needs a signingSecret: what is posted to the app is signed');
  return { sockets, chosen: createHttpDelivery({ requestUrl, signingSecret, now, ackMs, faults }) };
}
