import { HOSTS, type SampleInterface } from '../network.ts';
import { OUTSIDE } from '../outside.ts';
import { isGoingOn, PLANTED, type Planted } from '../planted.ts';
import {
  acknowledgements,
  bulk,
  chatter,
  type Exchange,
  type Insider,
  inside,
  openings,
  outside,
  TCP_FLAGS,
} from './exchange.ts';
import { briefly, clientPort, type Moment, throughout } from './moment.ts';

type Attempt = Pick<Exchange, 'request' | 'reply' | 'denied'>;

/** A SYN is sent again after one second and after three more, until the application gives up. */
const UNANSWERED = openings(3, TCP_FLAGS.syn);
/** A bare RST: two headers of 20 bytes, without options. */
const REFUSAL = { packets: 1, bytes: 40, tcpFlags: TCP_FLAGS.rst };
/** The server answers every SYN and repeats its answers, which are not acknowledged either. */
const UNACKNOWLEDGED = openings(5, TCP_FLAGS.synAck);

/** All that is planted as traffic: connections that fail, attacks from the internet, large transfers. */
export function plantedTraffic(moment: Moment): readonly Exchange[] {
  return [
    ...faults(moment),
    ...portScan(moment),
    ...passwordGuessing(moment),
    ...upload(moment),
    ...report(moment),
  ];
}

function faults(moment: Moment): readonly Exchange[] {
  const { deniedDatabase, droppedReplies, silentPort } = PLANTED;
  return [
    ...attempts(moment, deniedDatabase, inside(HOSTS.db1, deniedDatabase.port), {
      request: UNANSWERED,
      reply: undefined,
      denied: 'request',
    }),
    ...attempts(moment, droppedReplies, inside(HOSTS.cache1, droppedReplies.port), {
      request: UNANSWERED,
      reply: UNACKNOWLEDGED,
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
  attempt: Attempt,
): readonly Exchange[] {
  if (!isGoingOn(fault, moment.anchorOffset)) return [];
  return fault.clients.map(hostOf).flatMap((client) =>
    Array.from({ length: fault.amounts.attemptsPerMinute }, (_, index) => {
      const random = moment.random('fault', client.address, server.address, server.port, index);
      return {
        client: inside(client, clientPort(random)),
        server,
        protocol: 6 as const,
        ...attempt,
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

function portScan(moment: Moment): readonly Exchange[] {
  const { portScan: scan } = PLANTED;
  if (!isGoingOn(scan, moment.anchorOffset)) return [];
  const portsPerMinute = scan.amounts.ports / (scan.untilMinute - scan.fromMinute);
  const first = (moment.anchorOffset - scan.fromMinute) * portsPerMinute;
  return Array.from({ length: portsPerMinute }, (_, index) => {
    const random = moment.random('scan', index);
    return {
      client: outside(OUTSIDE.portScanner, clientPort(random)),
      server: inside(HOSTS.bastion, scannedPort(first + index)),
      protocol: 6,
      request: openings(1, TCP_FLAGS.syn),
      reply: undefined,
      ...briefly(moment, random),
      denied: 'request',
    };
  });
}

/** Each port once, in an order that looks shuffled: 37 and the prime 2003 share no factor. Above ssh, which is open. */
function scannedPort(index: number): number {
  return 23 + ((index * 37) % 2003);
}

function passwordGuessing(moment: Moment): readonly Exchange[] {
  const { passwordGuessing: guessing } = PLANTED;
  if (!isGoingOn(guessing, moment.anchorOffset)) return [];
  return Array.from({ length: guessing.amounts.attemptsPerMinute }, (_, index) => {
    const random = moment.random('guess', index);
    return {
      client: outside(OUTSIDE.passwordGuesser, clientPort(random)),
      server: inside(HOSTS.bastion, guessing.port),
      protocol: 6,
      // A key exchange and one refused password; a session that got in would be longer.
      request: chatter(random.whole(2_000, 2_600), TCP_FLAGS.syn | TCP_FLAGS.fin),
      reply: chatter(random.whole(2_400, 3_200), TCP_FLAGS.synAck | TCP_FLAGS.fin),
      ...briefly(moment, random),
      denied: undefined,
    };
  });
}

type Transfer = typeof PLANTED.upload | typeof PLANTED.report;

function upload(moment: Moment): readonly Exchange[] {
  const flags = flagsOf(moment, PLANTED.upload);
  return shares(moment, PLANTED.upload).map((bytes, index) => {
    const request = bulk(bytes, flags.request);
    return {
      client: inside(HOSTS.backup, clientPort(moment.lasting('upload', index))),
      server: outside(OUTSIDE.uploadTarget, PLANTED.upload.port),
      protocol: 6,
      request,
      reply: acknowledgements(request, flags.reply),
      ...throughout(moment, moment.random('upload', index)),
      denied: undefined,
    };
  });
}

function report(moment: Moment): readonly Exchange[] {
  const flags = flagsOf(moment, PLANTED.report);
  return shares(moment, PLANTED.report).map((bytes, index) => {
    const reply = bulk(bytes, flags.reply);
    return {
      client: inside(HOSTS.batch1, clientPort(moment.lasting('report', index))),
      server: inside(HOSTS.db1, PLANTED.report.port),
      protocol: 6,
      request: acknowledgements(reply, flags.request),
      reply,
      ...throughout(moment, moment.random('report', index)),
      denied: undefined,
    };
  });
}

/** This minute's bytes of each connection, uneven, and together exactly the planted amount over all minutes. */
function shares(moment: Moment, planted: Transfer): readonly number[] {
  if (!isGoingOn(planted, moment.anchorOffset)) return [];
  const { bytes, connections } = planted.amounts;
  const even = bytes / (planted.untilMinute - planted.fromMinute) / connections;
  const random = moment.random('shares', planted.server);
  const uneven = Array.from({ length: connections - 1 }, () =>
    Math.round((even * random.whole(70, 130)) / 100),
  );
  const rest = even * connections - uneven.reduce((sum, share) => sum + share, 0);
  return [...uneven, rest];
}

/** Flags show in the first minute, when the connections are opened, and in the last, when they are closed. */
function flagsOf(
  { anchorOffset }: Moment,
  { fromMinute, untilMinute }: Transfer,
): { request: number; reply: number } {
  const closed = anchorOffset === untilMinute - 1 ? TCP_FLAGS.fin : TCP_FLAGS.none;
  if (anchorOffset !== fromMinute) return { request: closed, reply: closed };
  return { request: TCP_FLAGS.syn | closed, reply: TCP_FLAGS.synAck | closed };
}
