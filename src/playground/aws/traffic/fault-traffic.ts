import { type Exchange, type Insider, inside } from '../exchange/exchange.ts';
import { openings, TCP_FLAGS } from '../exchange/packets.ts';
import { HOSTS } from '../network/hosts.ts';
import type { SampleInterface } from '../network/sample-interface.ts';
import { isGoingOn, PLANTED, type Planted } from '../planted.ts';
import type { Moment } from './moment.ts';
import { clientPort } from './ports.ts';
import { briefly } from './times.ts';

type Outcome = Pick<Exchange, 'request' | 'reply' | 'denied'>;

/** A SYN is sent again after one second and after three more, until the application gives up. */
const UNANSWERED = openings(3, TCP_FLAGS.syn);
/** A bare RST: two headers of 20 bytes, without options. */
const REFUSAL = { packets: 1, bytes: 40, tcpFlags: TCP_FLAGS.rst };
/** The server answers every SYN and repeats itself, for it hears nothing either. */
const UNHEARD_ANSWER = openings(5, TCP_FLAGS.synAck);

/** Planted connections that fail between two interfaces of the network. */
export function faultTraffic(moment: Moment): readonly Exchange[] {
  const { deniedDatabase, droppedReplies, silentPort } = PLANTED;
  return [
    ...attempts(moment, deniedDatabase, inside(HOSTS.db1, deniedDatabase.port), {
      request: UNANSWERED,
      reply: undefined,
      denied: 'request',
    }),
    ...attempts(moment, droppedReplies, inside(HOSTS.cache1, droppedReplies.port), {
      request: UNANSWERED,
      reply: UNHEARD_ANSWER,
      denied: 'reply',
    }),
    ...attempts(moment, silentPort, inside(HOSTS.batch1, silentPort.port), {
      request: openings(1, TCP_FLAGS.syn),
      reply: REFUSAL,
      denied: undefined,
    }),
  ];
}

function attempts(
  moment: Moment,
  fault: Planted & { readonly amounts: { readonly attemptsPerMinute: number } },
  server: Insider,
  outcome: Outcome,
): readonly Exchange[] {
  if (!isGoingOn(fault, moment.anchorOffset)) return [];
  return fault.clients.map(hostOf).flatMap((client) =>
    Array.from({ length: fault.amounts.attemptsPerMinute }, (_, index) => {
      const random = moment.random('fault', client.address, server.address, server.port, index);
      return {
        client: inside(client, clientPort(random)),
        server,
        protocol: 6 as const,
        ...outcome,
        ...briefly(moment, random),
      };
    }),
  );
}

function hostOf(address: string): SampleInterface {
  const host = Object.values(HOSTS).find((candidate) => candidate.address === address);
  if (host === undefined) throw new Error(`No host of the sample network has the address ${address}.`);
  return host;
}
