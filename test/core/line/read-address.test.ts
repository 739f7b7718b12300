import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../src/core/line/read-address.ts';

describe('an address', () => {
  it.each([
    ['10.0.1.5', '10.0.1.5', 4, true],
    ['10.0.0.0/8', '10.0.0.0/8', 4, false],
    ['0.0.0.0/0', '0.0.0.0/0', 4, false],
    ['10.1.2.3/32', '10.1.2.3', 4, true],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', 6, true],
    ['[2001:db8::1]', '2001:db8::1', 6, true],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3', 6, true],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0', 6, true],
    ['::1.2.3.4', '::102:304', 6, true],
    ['2001:db8::/32', '2001:db8::/32', 6, false],
    ['2001:db8::1/128', '2001:db8::1', 6, true],
    ['::/0', '::/0', 6, false],
    ['::ffff:0:10.0.0.1', '::ffff:0:a00:1', 6, true],
  ])('%s is read as %s', (word, text, family, single) => {
    expect(parseAddress(word)).toEqual({ value: { text, family, single } });
  });

  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['10.1.2.3/9', '10.0.0.0/9'],
    ['192.168.5.200/27', '192.168.5.192/27'],
    ['2001:db8:ffff::1/33', '2001:db8:8000::/33'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:a00:1', '10.0.0.1'],
    ['::ffff:10.1.2.3/104', '10.0.0.0/8'],
  ])('%s is read as %s and says so', (word, text) => {
    expect(parseAddress(word)).toMatchObject({ value: { text }, note: `${word} was read as ${text}` });
  });

  it.each([
    ['10.1.2.3/33', 'has a prefix above 32', undefined],
    ['2001:db8::/129', 'has a prefix above 128', undefined],
    ['10.1.2.3/', 'has no prefix length from 0 to 32', '10.1.2.3'],
    ['10.1.2.3/-1', 'has no prefix length from 0 to 32', undefined],
    ['10.1.2.3/8/9', 'has no prefix length from 0 to 32', undefined],
    ['10.0.0.0/255.255.0.0', 'has a mask where a prefix length is needed', '10.0.0.0/16'],
    ['10.0.0.0/255.0.255.0', 'has a mask where a prefix length is needed', undefined],
    ['10.0.0.0/0.0.255.255', 'has a mask where a prefix length is needed', undefined],
    ['10.1.2', 'has fewer than four parts', '10.1.2.0/24'],
    ['10.1', 'has fewer than four parts', '10.1.0.0/16'],
    ['10.1.2.', 'has fewer than four parts', '10.1.2.0/24'],
    ['10.1.2.*', 'is a pattern, not a CIDR', '10.1.2.0/24'],
    ['10.1.x.x', 'is a pattern, not a CIDR', '10.1.0.0/16'],
    ['10.*.2.*', 'is not an address', undefined],
    ['10.1.2.3.4', 'has more than four parts', undefined],
    ['10.1.2.300', 'has a part that is not from 0 to 255', undefined],
    ['300.1.2', 'has fewer than four parts', undefined],
    ['10.01.2.3', 'has a part that is not from 0 to 255', '10.1.2.3'],
    ['10.08.2.3', 'has a part that is not from 0 to 255', '10.8.2.3'],
    ['10.010.2.3', 'has a part that is not from 0 to 255', undefined],
    ['10.0.1.5:443', 'carries a port, which is given on its own', undefined],
    ['[2001:db8::1]:443', 'carries a port, which is given on its own', undefined],
    ['10.0.0.1-10.0.0.9', 'is a range, which must be given as a CIDR', undefined],
    ['10.0.0.0-10.0.0.255', 'is a range, which must be given as a CIDR', '10.0.0.0/24'],
    ['10.0.0.64-127', 'is a range, which must be given as a CIDR', '10.0.0.64/26'],
    ['10.0.0.32-95', 'is a range, which must be given as a CIDR', undefined],
    ['10.0.0.9-10.0.0.1', 'is a range, which must be given as a CIDR', undefined],
    ['10.0.1.5,', 'has something behind the address', '10.0.1.5'],
    ['(10.0.1.5)', 'is not an address', '10.0.1.5'],
    ["10.0.1.5'--", 'has something behind the address', undefined],
    ['10.0.1.5abc', 'has something behind the address', undefined],
    ['fe80::1%eth0', 'has a zone id, which flow logs do not carry', 'fe80::1'],
    ['2001:db8:::1', 'is not an IPv6 address', undefined],
    ['web.example.com', 'is a host name, and flow logs hold only addresses', undefined],
    ['eni-0a1b2c3d', 'is a network interface, not an address', undefined],
    ['i-0a1b2c3d4e5f60718', 'is an instance, not an address', undefined],
    ['sg-0a1b2c3d', 'is the id of an AWS resource, not an address', undefined],
    ['0x10.1.1.1', 'is a host name, and flow logs hold only addresses', undefined],
    ['64:ff9b::0x10.1.1.1', 'is not an address', undefined],
    ['167772161', 'is not an address', undefined],
    ['', 'is not an address', undefined],
    ['🔥', 'is not an address', undefined],
  ])('%s %s; what means the same is %s', (word, problem, instead) => {
    expect(parseAddress(word)).toEqual({ problem, instead });
    if (instead !== undefined) expect(parseAddress(instead)).toHaveProperty('value');
  });

  const written = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })).map((parts) => parts.join('/')),
    fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })).map((parts) => parts.join('/')),
  );

  it('is canonical after one reading: what is written reads back to itself without a note', () => {
    fc.assert(
      fc.property(written, (word) => {
        const reading = parseAddress(word);
        if (!('value' in reading)) throw new Error(`${word} ${reading.problem}`);
        expect(parseAddress(reading.value.text)).toEqual({ value: reading.value });
      }),
      { numRuns: 2000 },
    );
  });

  it('is written in one way however it was typed', () => {
    const groups = fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (parts) => {
        const long = parts.map((part) => part.toString(16).padStart(4, '0'));
        const short = parts.map((part) => part.toString(16).toUpperCase());
        expect(parseAddress(long.join(':'))).toMatchObject({ value: expect.anything() });
        const [a, b] = [parseAddress(long.join(':')), parseAddress(short.join(':'))];
        expect('value' in a && a.value).toEqual('value' in b && b.value);
      }),
    );
  });

  it('is refused with nothing, or with an address that is understood and has no other digits', () => {
    const likely = fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:/%[]-x*,()'), maxLength: 60 });
    const nearly = fc
      .tuple(fc.ipV4(), fc.constantFrom('', ',', '/', ':443', '/255.255.0.0', '-255', '.4', '00', '/33', 'x'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(likely, nearly, fc.string({ unit: 'binary' })), (word) => {
        const reading = parseAddress(word);
        if (!('problem' in reading) || reading.instead === undefined) return;
        const instead = parseAddress(reading.instead);
        expect(instead).toHaveProperty('value');
        // The host as it was typed, but for zeros: in front of a part, or in place of parts that are left open.
        const digits = (text: string) =>
          text
            .toLowerCase()
            .replace(/0/g, '')
            .replace(/[^1-9a-f]/g, '');
        const [host = ''] = reading.instead.split('/');
        expect(digits(word)).toContain(digits(host));
      }),
      { numRuns: 1500 },
    );
  });
});
