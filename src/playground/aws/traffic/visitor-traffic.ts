import { type Exchange, inside, outside } from '../exchange/exchange.ts';
import { chatter, TCP_FLAGS } from '../exchange/packets.ts';
import { HOSTS } from '../network/hosts.ts';
import { OUTSIDE } from '../network/outside.ts';
import type { Moment } from './moment.ts';
import { clientPort } from './ports.ts';
import { briefly } from './times.ts';

const BALANCERS = [HOSTS.albA, HOSTS.albB];
/** One visitor in this many comes over IPv6. */
const IPV6_SHARE = 1 / 12;

/** Visitors of the shop: short connections from the internet to the load balancer. */
export function visitorTraffic(moment: Moment): readonly Exchange[] {
  // Enough for a busy small shop; more would only make the files larger.
  const visits = moment.random('visits').whole(24, 36);
  return Array.from({ length: visits }, (_, index) => visit(moment, index));
}

function visit(moment: Moment, index: number): Exchange {
  const random = moment.random('visit', index);
  const balancer = random.pick(BALANCERS);
  const ipv6 = random.chance(IPV6_SHARE) ? balancer.ipv6Addresses[0] : undefined;
  const visitor = random.pick(ipv6 === undefined ? OUTSIDE.clients : OUTSIDE.clientsIpv6);
  return {
    client: outside(visitor, clientPort(random)),
    server: inside(balancer, 443, ipv6),
    protocol: 6,
    request: chatter(random.whole(1_200, 6_000), TCP_FLAGS.syn | TCP_FLAGS.fin),
    reply: chatter(random.whole(6_000, 180_000), TCP_FLAGS.synAck | TCP_FLAGS.fin),
    ...briefly(moment, random),
    denied: undefined,
  };
}
