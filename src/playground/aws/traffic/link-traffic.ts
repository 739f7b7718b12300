import type { Exchange } from '../exchange/exchange.ts';
import { chatter, TCP_FLAGS } from '../exchange/packets.ts';
import { isGoingOn, PLANTED, type Planted } from '../planted.ts';
import { LINKS, type Link } from './links.ts';
import type { Moment } from './moment.ts';
import { clientPort } from './ports.ts';
import { throughout } from './times.ts';

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
