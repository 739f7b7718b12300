import { HOSTS, type SampleInterface } from '../network.ts';
import { OUTSIDE } from '../outside.ts';
import { acknowledgements, bulk, type Exchange, inside, outside, TCP_FLAGS } from './exchange.ts';
import { briefly, clientPort, type Moment, throughout } from './moment.ts';

const { web1, web2, app1, app2, batch1, bastion, ciRunner, backup } = HOSTS;
const UPDATED = [web1, web2, app1, app2, batch1, bastion];
/** AWS's own time service is never logged, so only hosts set up otherwise are seen asking for the time. */
const ASKS_TIME = [batch1, bastion, backup];
/** An IPv4 time packet: 48 bytes of NTP, 8 of UDP, 20 of IP. */
const TIME_PACKET = { packets: 1, bytes: 76, tcpFlags: TCP_FLAGS.none };

/** What the network itself fetches from the internet: packages, build inputs, the time. */
export function outboundTraffic(moment: Moment): readonly Exchange[] {
  return [...updates(moment), ...builds(moment), ...clocks(moment)];
}

function updates(moment: Moment): readonly Exchange[] {
  const random = moment.random('update');
  return random.chance(0.4) ? [download(moment, random.pick(UPDATED), 0, [1_000_000, 25_000_000])] : [];
}

/** A build of five minutes every quarter of an hour; in between, ci-runner has no traffic at all. */
function builds(moment: Moment): readonly Exchange[] {
  if (moment.minute % 15 >= 5) return [];
  return [1, 2, 3].map((index) => download(moment, ciRunner, index, [5_000_000, 40_000_000]));
}

function clocks(moment: Moment): readonly Exchange[] {
  return ASKS_TIME.filter((_, index) => (moment.minute + index * 5) % 17 === 0).map((host) => {
    const random = moment.random('clock', host.address);
    return {
      client: inside(host, clientPort(random)),
      server: outside(random.pick(OUTSIDE.timeServers), 123),
      protocol: 17,
      request: TIME_PACKET,
      reply: TIME_PACKET,
      ...briefly(moment, random),
      denied: undefined,
    };
  });
}

function download(
  moment: Moment,
  host: SampleInterface,
  index: number,
  range: readonly [low: number, high: number],
): Exchange {
  const random = moment.random('download', host.address, index);
  const reply = bulk(random.whole(...range), TCP_FLAGS.synAck | TCP_FLAGS.fin);
  return {
    client: inside(host, clientPort(random)),
    server: outside(random.pick(OUTSIDE.packageHosts), 443),
    protocol: 6,
    request: acknowledgements(reply, TCP_FLAGS.syn | TCP_FLAGS.fin),
    reply,
    ...throughout(moment, random),
    denied: undefined,
  };
}
