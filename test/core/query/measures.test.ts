import { describe, expect, it } from 'vitest';
import { bucketSeconds, bucketStarts } from '../../../src/catalog/timeline.ts';
import { parseAddress } from '../../../src/core/line/read-address.ts';
import { passing, sentBy, sentTo, touches } from '../../../src/core/query/filters.ts';
import { addressLiteral } from '../../../src/core/sql/literals.ts';

function rangeOf(word: string) {
  const reading = parseAddress(word);
  if (!('value' in reading)) throw new RangeError(reading.problem);
  return reading.value;
}

describe('an address', () => {
  it('is looked for in the fields of its side, the packet fields among them', () => {
    const one = rangeOf('10.0.1.5');
    expect(sentBy(one)).toEqual({
      text: '(srcaddr = ?) OR (pkt_srcaddr = ?)',
      bound: ['10.0.1.5', '10.0.1.5'],
      reads: ['srcaddr', 'pkt_srcaddr'],
    });
    expect(sentTo(one).text).toBe('(dstaddr = ?) OR (pkt_dstaddr = ?)');
    expect(touches(one).bound).toHaveLength(4);
  });

  it('uses the text that it is given, where nothing can be bound', () => {
    const one = rangeOf('10.0.1.5');
    expect(sentBy(one, addressLiteral(one))).toEqual({
      text: "(srcaddr = '10.0.1.5') OR (pkt_srcaddr = '10.0.1.5')",
      bound: [],
      reads: ['srcaddr', 'pkt_srcaddr'],
    });
  });

  it('is compared as a block when it is one, after its family, with what does not parse as no member', () => {
    expect(sentTo(rangeOf('10.1.2.3/8'))).toEqual({
      text:
        "(CASE WHEN strpos(dstaddr, ':') = 0 THEN contains(?, TRY_CAST(dstaddr AS ipaddress)) END) OR " +
        "(CASE WHEN strpos(pkt_dstaddr, ':') = 0 THEN contains(?, TRY_CAST(pkt_dstaddr AS ipaddress)) END)",
      bound: ['10.0.0.0/8', '10.0.0.0/8'],
      reads: ['dstaddr', 'pkt_dstaddr'],
    });
  });

  it('of IPv6 is compared by value even when it is a single one, because it has many spellings', () => {
    const one = rangeOf('2001:DB8::1');
    const { text, bound } = sentTo(one);
    expect(text).toContain(
      "CASE WHEN strpos(CAST(TRY_CAST(dstaddr AS ipaddress) AS varchar), ':') > 0 THEN contains(?, TRY_CAST(dstaddr AS ipaddress)) END",
    );
    expect(bound).toEqual(['2001:db8::1/128', '2001:db8::1/128']);
    expect(sentBy(one, addressLiteral(one)).text).toContain("contains('2001:db8::1/128', ");
  });
});

it('a port is looked for on either side, and all text is bound', () => {
  const filters = {
    port: { from: 80, to: 90 },
    proto: 6,
    action: 'REJECT',
    eni: 'eni-1',
    direction: 'egress',
  } as const;
  expect(passing(filters)).toEqual({
    text: '(srcport BETWEEN 80 AND 90 OR dstport BETWEEN 80 AND 90) AND (protocol = 6) AND (action = ?) AND (interface_id = ?) AND (flow_direction = ?)',
    bound: ['REJECT', 'eni-1', 'egress'],
    reads: ['srcport', 'dstport', 'protocol', 'action', 'interface_id', 'flow_direction'],
  });
  expect(passing({}).text).toBe('TRUE');
  // Protocol 0 and port 0 are values, not absent ones.
  expect(passing({ proto: 0, port: { from: 0, to: 0 } }).text).toContain('protocol = 0');
});

describe('buckets', () => {
  const window = (from: string, to: string) => ({
    from: new Date(`2026-11-${from}Z`),
    to: new Date(`2026-11-${to}Z`),
  });

  it.each([
    ['one minute', window('22T10:00:00', '22T10:01:00'), 60, 1],
    ['twenty minutes', window('22T10:00:00', '22T10:20:00'), 60, 20],
    // From the middle of a minute twenty buckets would not reach the end.
    ['twenty minutes from half past', window('22T10:00:30', '22T10:20:30'), 300, 5],
    ['an hour', window('22T10:00:00', '22T11:00:00'), 300, 12],
    ['a day', window('21T10:00:00', '22T10:00:00'), 10_800, 9],
    ['a week', window('15T00:00:00', '22T00:00:00'), 43_200, 14],
    ['three weeks', window('01T00:00:00', '22T00:00:00'), 172_800, 11],
  ])('of %s are at most twenty, on round times', (_, asked, seconds, amount) => {
    expect(bucketSeconds(asked)).toBe(seconds);
    const starts = bucketStarts(asked, seconds);
    expect(starts).toHaveLength(amount);
    expect(starts.every((start) => start % seconds === 0)).toBe(true);
    expect((starts.at(-1) ?? 0) + seconds).toBeGreaterThanOrEqual(asked.to.getTime() / 1000);
  });
});
