import { HOSTS, POD_ADDRESS, type SampleInterface } from '../network.ts';
import { OUTSIDE } from '../outside.ts';
import { isGoingOn, PLANTED, type Planted } from '../planted.ts';
import { chatter, type Exchange, type Insider, inside, outside, type Party, TCP_FLAGS } from './exchange.ts';
import { clientPort, type Moment, throughout } from './moment.ts';

/** What is planted that ends the ordinary traffic between its parties. */
const CUTS: readonly Planted[] = [PLANTED.deniedDatabase, PLANTED.droppedReplies, PLANTED.silentPort];

/** The connections that stay open over many minutes, as one exchange for each in this minute. */
export function linkTraffic(moment: Moment): readonly Exchange[] {
  return LINKS.filter((link) => !isCut(link, moment.anchorOffset)).flatMap((link) =>
    Array.from({ length: link.connections }, (_, index) => connection(moment, link, index)),
  );
}

function isCut({ client, server }: Link, anchorOffset: number): boolean {
  return CUTS.some(
    (cut) =>
      cut.server === server.address &&
      cut.port === server.port &&
      cut.clients.includes(client.address) &&
      isGoingOn(cut, anchorOffset),
  );
}

function connection(moment: Moment, link: Link, index: number): Exchange {
  const key = [link.client.address, link.server.address, link.server.port, index] as const;
  // Connections are opened at different minutes, or all of them would be renewed at once.
  const shifted = moment.minute + moment.lasting('shift', ...key).whole(0, link.lifetimeMinutes - 1);
  const age = shifted % link.lifetimeMinutes;
  const opened = age === 0;
  const closed = age === link.lifetimeMinutes - 1 ? TCP_FLAGS.fin : TCP_FLAGS.none;
  const port = clientPort(moment.lasting('port', ...key, Math.floor(shifted / link.lifetimeMinutes)));
  const random = moment.random('link', ...key);
  return {
    client: { ...link.client, port },
    server: link.server,
    protocol: 6,
    request: chatter(random.whole(...link.requestBytes), (opened ? TCP_FLAGS.syn : TCP_FLAGS.none) | closed),
    reply: chatter(random.whole(...link.replyBytes), (opened ? TCP_FLAGS.synAck : TCP_FLAGS.none) | closed),
    ...throughout(moment, random),
    denied: undefined,
  };
}

/** A byte count somewhere between two, per connection and minute. */
type ByteRange = readonly [low: number, high: number];

/** Two parties that keep connections open all day; the client's port is given to each connection later. */
interface Link {
  readonly client: Party;
  readonly server: Party;
  readonly connections: number;
  /** After this, a connection is closed and another one opened. */
  readonly lifetimeMinutes: number;
  readonly requestBytes: ByteRange;
  readonly replyBytes: ByteRange;
}

const { web1, web2, app1, app2, db1, cache1, bastion, batch1, monitoring, eksNode1, albA, albB } = HOSTS;
const KILOBYTE = 1000;

function links(
  clients: readonly SampleInterface[],
  servers: readonly Insider[],
  shape: Omit<Link, 'client' | 'server'>,
): readonly Link[] {
  return clients.flatMap((client) =>
    servers.map((server) => ({ client: inside(client, 0), server, ...shape })),
  );
}

const SHOP: readonly Link[] = [
  ...links([albA, albB], [inside(web1, 8080), inside(web2, 8080)], {
    connections: 2,
    lifetimeMinutes: 10,
    requestBytes: [40 * KILOBYTE, 120 * KILOBYTE],
    replyBytes: [400 * KILOBYTE, 1200 * KILOBYTE],
  }),
  ...links([web1, web2], [inside(app1, 9000), inside(app2, 9000)], {
    connections: 2,
    lifetimeMinutes: 30,
    requestBytes: [30 * KILOBYTE, 90 * KILOBYTE],
    replyBytes: [100 * KILOBYTE, 400 * KILOBYTE],
  }),
  ...links([app1, app2], [inside(db1, 5432)], {
    connections: 3,
    lifetimeMinutes: 20,
    requestBytes: [20 * KILOBYTE, 60 * KILOBYTE],
    replyBytes: [80 * KILOBYTE, 300 * KILOBYTE],
  }),
  ...links([web1, web2, app1, app2], [inside(cache1, 6379)], {
    connections: 1,
    lifetimeMinutes: 60,
    requestBytes: [10 * KILOBYTE, 40 * KILOBYTE],
    replyBytes: [20 * KILOBYTE, 90 * KILOBYTE],
  }),
];

const SCRAPED = [web1, web2, app1, app2, cache1, batch1, bastion, eksNode1];

const OPERATIONS: readonly Link[] = [
  ...links([monitoring], [...SCRAPED.map((host) => inside(host, 9100)), inside(batch1, 9102)], {
    connections: 1,
    lifetimeMinutes: 120,
    requestBytes: [2 * KILOBYTE, 3 * KILOBYTE],
    replyBytes: [60 * KILOBYTE, 90 * KILOBYTE],
  }),
  {
    client: outside(OUTSIDE.office, 0, 'vpn'),
    server: inside(bastion, 22),
    connections: 1,
    lifetimeMinutes: 45,
    requestBytes: [2 * KILOBYTE, 9 * KILOBYTE],
    replyBytes: [4 * KILOBYTE, 30 * KILOBYTE],
  },
];

const POD: readonly Link[] = [
  {
    client: outside(OUTSIDE.office, 0, 'vpn'),
    server: inside(eksNode1, 8443, POD_ADDRESS),
    connections: 1,
    lifetimeMinutes: 15,
    requestBytes: [3 * KILOBYTE, 12 * KILOBYTE],
    replyBytes: [15 * KILOBYTE, 60 * KILOBYTE],
  },
  {
    client: inside(eksNode1, 0, POD_ADDRESS),
    server: outside(OUTSIDE.objectStore, 443, 'gateway-endpoint'),
    connections: 2,
    lifetimeMinutes: 8,
    requestBytes: [8 * KILOBYTE, 50 * KILOBYTE],
    replyBytes: [20 * KILOBYTE, 400 * KILOBYTE],
  },
];

/** Every pair that talks all day: the shop's own chain, the scrapes and a pod known only by its secondary address. */
const LINKS: readonly Link[] = [...SHOP, ...OPERATIONS, ...POD];
