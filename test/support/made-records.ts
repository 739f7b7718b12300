import { flow, type PlainRecord, silence } from './flow.ts';

/** The machine whose traffic tests ask for. */
export const MADE_HOST = '10.0.1.10';
/** The addresses on the internet that knock at it and are rejected. */
export const MADE_SCANNERS = '198.51.100.0/24';

const MINUTES = 120;
const PEERS = ['10.0.1.11', '10.0.2.20', '10.0.2.21', '10.0.3.30'];
const PORTS = [22, 80, 443, 3306, 5432, 6379, 8080];

/**
 * Two hours of traffic of five machines, always the same. Each packet between two machines is recorded at both, of
 * which one may miss some; scanners on the internet are rejected; one interface is silent, and one loses records.
 */
export function madeRecords(from: string): readonly PlainRecord[] {
  const begin = Date.parse(from) / 1000;
  const random = sequence(1);
  return Array.from({ length: MINUTES }, (_, minute) => {
    const end = begin + minute * 60 + 59;
    const idle = silence(end, minute % 37 === 5 ? 'SKIPDATA' : 'NODATA');
    return [
      ...PEERS.flatMap((peer, index) => between(peer, index, end, random)),
      ...(minute % 3 === 0 ? [knock(end, random)] : []),
      { ...idle, 'interface-id': interfaceOf(99) },
    ];
  }).flat();
}

type Random = (below: number) => number;

/** Both directions of a conversation with the host, at both interfaces. */
function between(peer: string, index: number, end: number, random: Random): readonly PlainRecord[] {
  const [client, service] = [40_000 + random(20_000), PORTS[random(PORTS.length)] ?? 443];
  const asked = { srcaddr: peer, dstaddr: MADE_HOST, srcport: client, dstport: service };
  const answered = { srcaddr: MADE_HOST, dstaddr: peer, srcport: service, dstport: client };
  return [asked, answered].flatMap((ends) => {
    const packets = 3 + random(40);
    const bytes = packets * (60 + random(1_000));
    const missed = random(4) === 0 ? 1 : 0;
    return [
      flow(end, { ...ends, packets, bytes, 'interface-id': interfaceOf(10) }),
      flow(end, {
        ...ends,
        packets: packets - missed,
        bytes: bytes - missed * 60,
        'interface-id': interfaceOf(20 + index),
      }),
    ];
  });
}

function knock(end: number, random: Random): PlainRecord {
  const ends = { srcaddr: `198.51.100.${1 + random(9)}`, dstaddr: MADE_HOST, srcport: 60_000 + random(999) };
  const dstport = PORTS[random(PORTS.length)] ?? 22;
  return flow(end, {
    ...ends,
    dstport,
    packets: 1,
    bytes: 40,
    action: 'REJECT',
    'interface-id': interfaceOf(10),
  });
}

function interfaceOf(number: number): string {
  return `eni-${String(number).padStart(17, '0')}`;
}

/** Numbers that look random and are the same in every run (Lehmer's generator). */
function sequence(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % below;
  };
}
