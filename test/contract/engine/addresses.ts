import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import type { AddressRange } from '../../../src/core/flow-log/addresses.ts';
import { parseAddress } from '../../../src/core/line/read-address.ts';
import { sentBy } from '../../../src/core/query/filters.ts';
import { sql } from '../../../src/core/sql/sql.ts';
import { flow, NOON } from '../../support/flow.ts';
import type { OpenEngine, OpenEngineOver } from '../engine.ts';
import { select } from './select.ts';

const NO_ADDRESSES = [
  'banana',
  '300.1.1.1',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.4.',
  '1::2::3',
  ':::',
  '1:2',
  'g::1',
  '12345::1',
];
const INSIDE =
  'SELECT srcaddr FROM flow_records WHERE contains(?, TRY_CAST(srcaddr AS ipaddress)) ORDER BY srcaddr';

/** Bytes that repeat often, so that prefixes are shared by chance. */
const byte = fc.oneof(fc.constantFrom(0, 1, 10, 127, 128, 255), fc.nat(255));
const address = (bytes: number[]) => ipaddr.fromByteArray(bytes);
const v4 = fc.array(byte, { minLength: 4, maxLength: 4 }).map(address);
const v6 = fc
  .array(byte, { minLength: 16, maxLength: 16 })
  .map(address)
  .filter((ip) => ip.range() !== 'ipv4Mapped');
const ips = fc.sample(fc.oneof(v4, v6), { numRuns: 300, seed: 42 });

/** A block that holds at least one of the addresses, of any length. */
const block = fc.tuple(fc.constantFrom(...ips), fc.nat(128)).map(([ip, bits]) => {
  const length = ip.kind() === 'ipv4' ? bits % 33 : bits;
  const network =
    ip.kind() === 'ipv4'
      ? ipaddr.IPv4.networkAddressFromCIDR(`${ip}/${length}`)
      : ipaddr.IPv6.networkAddressFromCIDR(`${ip}/${length}`);
  return `${network}/${length}`;
});

function insideOf(cidr: string): readonly string[] {
  const [network, bits] = ipaddr.parseCIDR(cidr);
  const inside = ips.filter((ip) => ip.kind() === network.kind() && ip.match(network, bits));
  return inside.map(String).toSorted();
}

/** The addresses of records that a question about an address or a block finds, sorted. */
async function foundBy(opened: OpenEngine, word: string): Promise<readonly string[]> {
  const { text, bound } = sql`SELECT srcaddr
    FROM (SELECT srcaddr, CAST(NULL AS varchar) AS pkt_srcaddr FROM flow_records) AS flows
    WHERE ${sentBy(rangeOf(word))} ORDER BY srcaddr`;
  const { rows } = await select(opened, text, bound);
  return rows.map(([ip]) => String(ip));
}

function rangeOf(word: string): AddressRange {
  const reading = parseAddress(word);
  if (!('value' in reading)) throw new RangeError(`${word} ${reading.problem}`);
  return reading.value;
}

/** An IPv4 address in the clothes of IPv6 is neither to be looked for as the one nor as the other. */
const IN_CLOTHES = ['::ffff:10.0.0.1', '::ffff:a00:1', '0:0:0:0:0:ffff:0a00:0001'];

/** Blocks of addresses hold what another implementation says they hold. */
export function describeAddresses(open: OpenEngineOver): void {
  const records = [...ips.map(String), ...NO_ADDRESSES, '-'].map((srcaddr) => flow(NOON, { srcaddr }));

  describe('a block of addresses', () => {
    it('holds exactly the addresses that ipaddr.js says, of its own family alone', async () => {
      const opened = await open({ records });
      const blocks = fc.sample(block, { numRuns: 60, seed: 7 });
      const found = blocks.map(async (cidr) => {
        const { rows } = await select(opened, INSIDE, [cidr]);
        return [cidr, rows.map(([ip]) => String(ip))];
      });
      expect(await Promise.all(found)).toEqual(blocks.map((cidr) => [cidr, insideOf(cidr)]));
    });

    it('is asked for among records of both families, and holds those of its own alone', async () => {
      const clothed = IN_CLOTHES.map((srcaddr) => flow(NOON, { srcaddr }));
      const opened = await open({ records: [...records, ...clothed] });
      const blocks = [
        '0.0.0.0/0',
        '::/0',
        '::/80',
        '10.0.0.0/8',
        ...fc.sample(block, { numRuns: 40, seed: 9 }),
      ];
      const asked = blocks.filter((cidr) => rangeOf(cidr).text === cidr);
      expect(asked.length).toBeGreaterThan(30);
      const found = asked.map(async (cidr) => [cidr, await foundBy(opened, cidr)]);
      expect(await Promise.all(found)).toEqual(asked.map((cidr) => [cidr, insideOf(cidr)]));
    });

    it('neither contains nor excludes what is no address: the condition is NULL, and nothing fails', async () => {
      const opened = await open({ records });
      const sql =
        'SELECT srcaddr FROM flow_records WHERE contains(?, TRY_CAST(srcaddr AS ipaddress)) IS NULL';
      for (const cidr of ['0.0.0.0/0', '::/0', '10.0.0.0/8', '2001:db8::/32']) {
        const { rows } = await select(opened, sql, [cidr]);
        const found = rows.flatMap(([ip]) => (ip === null || ip === '-' ? [] : [String(ip)]));
        expect(found.toSorted()).toEqual(NO_ADDRESSES.toSorted());
      }
    });

    it('compares IPv6 however it is written', async () => {
      const spellings = [
        '2001:db8::1',
        '2001:DB8::1',
        '2001:0db8:0000:0000:0000:0000:0000:0001',
        '2001:db8:0::0:1',
        '2001:db8::0.0.0.1',
      ];
      const opened = await open({ records: spellings.map((srcaddr) => flow(NOON, { srcaddr })) });
      expect((await select(opened, INSIDE, ['2001:db8::/33'])).rows).toHaveLength(5);
      expect((await select(opened, INSIDE, ['2001:db8:8000::/33'])).rows).toHaveLength(0);
    });
  });

  describe('one address', () => {
    it('is found however a record spells it, and no other is', async () => {
      const spellings = [
        '64:ff9b::a00:1',
        '64:FF9B::10.0.0.1',
        '0064:ff9b:0:0:0:0:0a00:1',
        '64:ff9b:0::a00:0001',
      ];
      const others = ['64:ff9b::a00:2', '10.0.0.1', '64:ff9b::a00:1:0', '-', 'banana', ...IN_CLOTHES];
      const opened = await open({
        records: [...spellings, ...others].map((srcaddr) => flow(NOON, { srcaddr })),
      });
      for (const word of spellings) expect(await foundBy(opened, word)).toEqual(spellings.toSorted());
      expect(await foundBy(opened, '10.0.0.1')).toEqual(['10.0.0.1']);
    });
  });
}
