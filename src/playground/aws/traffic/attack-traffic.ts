import { type Exchange, inside, outside } from '../exchange/exchange.ts';
import { chatter, openings, TCP_FLAGS } from '../exchange/packets.ts';
import { HOSTS } from '../network/hosts.ts';
import { OUTSIDE } from '../network/outside.ts';
import { isGoingOn, PLANTED } from '../planted.ts';
import type { Moment } from './moment.ts';
import { clientPort } from './ports.ts';
import { briefly } from './times.ts';

/** Planted visitors that mean harm: the port scan and the password guessing, both at bastion. */
export function attackTraffic(moment: Moment): readonly Exchange[] {
  return [...portScan(moment), ...passwordGuessing(moment)];
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
