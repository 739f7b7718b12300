import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { insightsText, isAskedFor } from '../../../src/core/lake/insights-query.ts';

/** The filter of a query, as Logs Insights would apply it. */
function filterOf(addresses: readonly string[]): RegExp {
  const [, filter = ''] = /like \/(.+)\/$/m.exec(insightsText(addresses, 'mark')) ?? [];
  return new RegExp(filter);
}

const record = (from: string, to: string) =>
  `2 123456789012 eni-1 ${from} ${to} 443 50000 6 1 40 1 2 ACCEPT OK`;

describe('the query for the records of an address', () => {
  it('is a text that holds nothing but the address, the mark and the limit', () => {
    expect(insightsText(['10.0.1.5', '10.0.2.7'], 'flowlog abc')).toBe(
      `# flowlog abc
fields @timestamp, @message
| filter @message like /(?:^| )(?:10\\.0\\.1\\.5|10\\.0\\.2\\.7|SKIPDATA)(?: |$)/
| sort @timestamp desc
| limit 100000`,
    );
  });

  it('is never made of anything but an address', () => {
    for (const text of ['10.0.1.5/24', '10.0.1', 'x', '10.0.1.5) or (', '', '::g'])
      expect(() => insightsText([text], 'mark')).toThrow(RangeError);
  });

  it('finds the address wherever it is, and no other that looks like it', () => {
    const filter = filterOf(['10.0.1.5']);
    expect(filter.test(record('10.0.1.5', '10.0.2.7'))).toBe(true);
    expect(filter.test(record('10.0.2.7', '10.0.1.5'))).toBe(true);
    expect(filter.test('10.0.1.5 10.0.2.7')).toBe(true);
    expect(filter.test('10.0.2.7 10.0.1.5')).toBe(true);
    for (const other of ['10.0.1.50', '110.0.1.5', '10.0.115', '10.0.1.5.6', '10a0.1.5'])
      expect(filter.test(record(other, '10.0.2.7'))).toBe(false);
  });

  it('finds the records that say that flows were lost, which have no address', () => {
    const lost = '2 123456789012 eni-1 - - - - - - - 1 2 - SKIPDATA';
    expect(filterOf(['10.0.1.5']).test(lost)).toBe(true);
    expect(isAskedFor(lost, ['10.0.1.5'])).toBe(true);
    expect(isAskedFor(lost.replace('SKIPDATA', 'NODATA'), ['10.0.1.5'])).toBe(false);
  });

  it('finds IPv6 addresses however they are written, and no others', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const groups = fc.array(group, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, groups, (own, other) => {
        const address = new ipaddr.IPv6([...own]);
        const addresses = [address.toRFC5952String()];
        const filter = filterOf(addresses);
        const written = [
          address.toString(),
          address.toNormalizedString(),
          own.map((each) => each.toString(16).padStart(4, '0')).join(':'),
          address.toRFC5952String(),
          address.toString().toUpperCase(),
        ];
        for (const text of written) {
          expect(filter.test(record(text, '::1'))).toBe(true);
          expect(isAskedFor(record('::1', text), addresses)).toBe(true);
        }
        const another = new ipaddr.IPv6([...other]);
        const isSame = another.toString() === address.toString();
        expect(filter.test(record(another.toString(), '-'))).toBe(isSame);
        expect(isAskedFor(record(another.toString(), '-'), addresses)).toBe(isSame);
      }),
    );
  });
});
