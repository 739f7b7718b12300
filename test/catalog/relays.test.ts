import { describe, expect, it } from 'vitest';
import { ALL_FIELDS } from '../support/conversation-cases.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';
const [APP, OTHER, NAT, SHOP] = ['10.0.1.5', '10.0.1.6', '10.0.0.220', '198.51.100.9'];
const [APP_ENI, NAT_ENI] = ['eni-0a', 'eni-0e'];

/** One record; the packet is between the addresses that are given last, where they differ. */
function sent(
  at: string,
  [from, to]: readonly [string, string],
  bytes: number,
  [packetFrom, packetTo]: readonly [string, string] = [from, to],
): PlainRecord {
  return flow(NOON + 60, {
    'interface-id': at,
    srcaddr: from,
    dstaddr: to,
    'pkt-srcaddr': packetFrom,
    'pkt-dstaddr': packetTo,
    bytes,
    'flow-direction': 'egress',
  });
}

/** What each interface records of bytes that go out through a NAT gateway, and of those that come back. */
function throughNat(client: string, clientEni: string, out: number, back: number): readonly PlainRecord[] {
  return [
    sent(clientEni, [client, SHOP], out),
    sent(NAT_ENI, [client, NAT], out, [client, SHOP]),
    sent(NAT_ENI, [NAT, SHOP], out),
    sent(NAT_ENI, [SHOP, NAT], back),
    sent(NAT_ENI, [NAT, client], back, [SHOP, client]),
    sent(clientEni, [SHOP, client], back),
  ];
}

async function relaysIn(records: readonly PlainRecord[], fields: readonly string[]) {
  const folder = await tempFolder();
  const every = Array.from({ length: 10 }, (_, slot) => flow(NOON + slot * 300 + 20, { bytes: 1 }));
  await writeLake(folder, [...every, ...records], { fields });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { rows, headline } = await ask(`top-talkers top=100 ${WINDOW}`);
  await close();
  const marked = rows
    .filter(({ relay }) => relay !== '-')
    .map(({ source, destination }) => `${source} > ${destination}`);
  return { marked: marked.toSorted(), headline };
}

const DEFAULT_FIELDS = ALL_FIELDS.slice(0, 14);

describe('top-talkers marks what a relay passes on', () => {
  const ofBoth = [
    ...throughNat(APP, APP_ENI, 5_000_000, 90_000),
    ...throughNat(OTHER, 'eni-0b', 700_000, 8_000_000),
  ];

  it('under the address of a NAT gateway, both ways, of one client and of several', async () => {
    const one = await relaysIn(throughNat(APP, APP_ENI, 5_000_000, 90_000), ALL_FIELDS);
    expect(one.marked).toEqual([`${NAT} > ${SHOP}`, `${SHOP} > ${NAT}`].toSorted());
    expect(one.headline).toMatch(
      new RegExp(`^${APP} sent 5\\.0 MB to ${SHOP} .*the most accepted traffic\\.$`),
    );
    const both = await relaysIn(ofBoth, ALL_FIELDS);
    expect(both.marked).toEqual([`${NAT} > ${SHOP}`, `${SHOP} > ${NAT}`].toSorted());
  });

  it('by what goes in and out, where the addresses of packets are not recorded', async () => {
    const { marked } = await relaysIn(ofBoth, DEFAULT_FIELDS);
    expect(marked).toEqual([`${NAT} > ${APP}`, `${NAT} > ${OTHER}`, `${NAT} > ${SHOP}`].toSorted());
  });

  it('and not what a host sends to several others', async () => {
    const records = [
      sent(APP_ENI, [APP, OTHER], 5_000_000),
      sent(APP_ENI, [APP, SHOP], 700_000),
      sent(APP_ENI, [OTHER, APP], 60_000),
      sent(APP_ENI, [SHOP, APP], 40_000),
    ];
    expect((await relaysIn(records, ALL_FIELDS)).marked).toEqual([]);
    expect((await relaysIn(records, DEFAULT_FIELDS)).marked).toEqual([]);
  });
});
