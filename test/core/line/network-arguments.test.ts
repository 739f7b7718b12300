import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/core/line/argument.ts';
import {
  action,
  address,
  direction,
  interfaceId,
  port,
  protocol,
} from '../../../src/core/line/network-arguments.ts';
import { whole } from '../../../src/core/line/plain-arguments.ts';

const KINDS: readonly (readonly [string, Kind<unknown>])[] = [
  ['address', address()],
  ['port', port()],
  ['protocol', protocol()],
  ['action', action()],
  ['interface id', interfaceId()],
  ['direction', direction()],
  ['whole number', whole(1, 100)],
  ['small whole number', whole(1, 5)],
];

describe.each(KINDS)('the kind %s', (_, kind) => {
  it('understands its example and each of its choices', () => {
    for (const word of [kind.example, ...(kind.choices ?? [])])
      expect(kind.read(word)).toHaveProperty('value');
  });

  it('refuses with a word that it understands, or with none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9.:-]{1,12}$/)), (word) => {
        const reading = kind.read(word);
        if ('problem' in reading && reading.instead !== undefined)
          expect(kind.read(reading.instead)).toHaveProperty('value');
      }),
    );
  });

  it('writes what it reads back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9.:-]{1,12}$/), (word) => {
        const reading = kind.read(word);
        if ('value' in reading)
          expect(kind.read(kind.write(reading.value))).toEqual({ value: reading.value });
      }),
    );
  });
});

describe('words that are understood', () => {
  it.each<readonly [Kind<unknown>, string, unknown, string]>([
    [port(), '443', { from: 443, to: 443 }, '443'],
    [port(), '0', { from: 0, to: 0 }, '0'],
    [port(), '8000-8100', { from: 8000, to: 8100 }, '8000-8100'],
    [port(), '443-443', { from: 443, to: 443 }, '443'],
    [port(), 'HTTPS', { from: 443, to: 443 }, '443'],
    [port(), 'postgresql', { from: 5432, to: 5432 }, '5432'],
    [protocol(), 'TCP', 6, 'tcp'],
    [protocol(), '17', 17, 'udp'],
    [protocol(), 'ipv6-icmp', 58, 'icmpv6'],
    [protocol(), '253', 253, '253'],
    [action(), 'Rejected', 'REJECT', 'reject'],
    [action(), 'deny', 'REJECT', 'reject'],
    [action(), 'allow', 'ACCEPT', 'accept'],
    [direction(), 'in', 'ingress', 'ingress'],
    [direction(), 'Outbound', 'egress', 'egress'],
    [interfaceId(), 'ENI-0A1B2C3D', 'eni-0a1b2c3d', 'eni-0a1b2c3d'],
    [interfaceId(), 'eni-0a1b2c3d4e5f60718', 'eni-0a1b2c3d4e5f60718', 'eni-0a1b2c3d4e5f60718'],
    [whole(1, 100), '007', 7, '7'],
  ])('%#: is read and written', (kind, word, value, text) => {
    expect(kind.read(word)).toEqual({ value });
    expect(kind.write(value)).toBe(text);
  });
});

describe('words that are refused', () => {
  it.each<readonly [Kind<unknown>, string, string, string | undefined]>([
    [port(), '70000', 'is above the highest port, 65535', undefined],
    [port(), '8100-8000', 'ends before it begins', '8000-8100'],
    [port(), '80,443', 'is not one port or one range of ports', undefined],
    [port(), '443/tcp', 'is not one port or one range of ports', undefined],
    [port(), ':443', 'is not one port or one range of ports', '443'],
    [port(), ':70000', 'is not one port or one range of ports', undefined],
    [port(), 'htps', 'is neither a port nor a service', 'https'],
    [port(), 'constructor', 'is neither a port nor a service', undefined],
    [port(), '?', 'is neither a port nor a service', undefined],
    [port(), '--', 'is neither a port nor a service', undefined],
    [protocol(), '256', 'is above the highest protocol, 255', undefined],
    [protocol(), 'tpc', 'is not a protocol', 'tcp'],
    [protocol(), 'toString', 'is not a protocol', undefined],
    [action(), 'rejekt', 'is neither accept nor reject', 'reject'],
    [action(), 'alow', 'is neither accept nor reject', 'accept'],
    [action(), 'maybe', 'is neither accept nor reject', undefined],
    [direction(), 'egres', 'is neither ingress nor egress', 'egress'],
    [direction(), 'up', 'is neither ingress nor egress', undefined],
    [
      interfaceId(),
      'eni-xyz',
      'is not an interface id, which has 8 or 17 hexadecimal digits after eni-',
      undefined,
    ],
    [interfaceId(), '10.0.1.5', 'is not an interface id', undefined],
    [whole(1, 100), '0', 'is not from 1 to 100', '1'],
    [whole(1, 100), '99999999999999999999', 'is not from 1 to 100', '100'],
    [whole(1, 100), '1e3', 'is not a whole number', undefined],
    [whole(1, 100), '-5', 'is not from 1 to 100', '1'],
  ])(
    '%#: is refused with a reason, and with the word that was meant where that can be known',
    (kind, word, problem, instead) => {
      expect(kind.read(word)).toEqual({ problem, instead });
    },
  );
});

it('every port range is read back as it was written', () => {
  const number = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      const value = { from: Math.min(a, b), to: Math.max(a, b) };
      expect(port().read(port().write(value))).toEqual({ value });
    }),
  );
});

it('every protocol number is read back as it was written', () => {
  for (let value = 0; value <= 255; value++)
    expect(protocol().read(protocol().write(value))).toEqual({ value });
});

it('a query can describe an argument in its own words', () => {
  expect(address({ hint: 'client', example: '10.0.2.7' })).toMatchObject({
    hint: 'client',
    example: '10.0.2.7',
  });
});
