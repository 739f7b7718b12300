import { expect, it } from 'vitest';
import { type Name, NO_NAMES } from '../../../src/core/lake/names.ts';
import {
  addressColumn,
  countColumn,
  integerOf,
  interfaceColumn,
  momentColumn,
  optionalCountColumn,
  portColumn,
  protocolColumn,
} from '../../../src/core/query/columns.ts';
import { anAddress, phrase, phraseText } from '../../../src/core/query/finding.ts';
import { showBytes, showInteger } from '../../../src/core/wording.ts';

const PLAIN = { zone: 'UTC', names: NO_NAMES };

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 KB'],
  [1_949, '1.9 KB'],
  [12_400_000, '12.4 MB'],
  [99_940, '99.9 KB'],
  // Rounding may reach the next form or the next unit: never "100.0 KB", never "1000 KB".
  [99_960, '100 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [5_000_000_000, '5.0 GB'],
  [9_007_199_254_740_993n, '9.0 PB'],
  [2n ** 63n - 1n, '9.2 EB'],
  [5_000_000_000_000_000_000_000n, '5000 EB'],
])('shows %s bytes as %s', (bytes, shown) => {
  expect(showBytes(bytes)).toBe(shown);
});

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [23_455, '23,455'],
  [-1_234_567, '-1,234,567'],
  [9_007_199_254_740_993n, '9,007,199,254,740,993'],
])('shows %s as %s', (integer, shown) => {
  expect(showInteger(integer)).toBe(shown);
});

it('whole numbers stay exact on both sides of 2^53', () => {
  expect(integerOf('9007199254740991')).toBe(9_007_199_254_740_991);
  expect(integerOf('9007199254740992')).toBe(9_007_199_254_740_992n);
  expect(integerOf(-5n)).toBe(-5);
});

it.each([
  [443, '443 https'],
  [50_001, '50001'],
  [0, '0'],
  [null, '-'],
])('shows port %s as %s', (value, shown) => {
  expect(portColumn().show(value, PLAIN)).toBe(shown);
});

it.each([
  [6, 'tcp'],
  [253, '253'],
  [null, '-'],
])('shows protocol %s as %s', (value, shown) => {
  expect(protocolColumn().show(value, PLAIN)).toBe(shown);
});

it('counts are shown with thousands separators, and a value that is not recorded as in the log', () => {
  expect(countColumn('Records').show(1_234, PLAIN)).toBe('1,234');
  expect(optionalCountColumn('Flags').show(18, PLAIN)).toBe('18');
  expect(optionalCountColumn('Flags').show(null, PLAIN)).toBe('-');
});

it('instants are shown in the time zone of the person who asked', () => {
  const instant = new Date('2026-11-22T23:30:15Z');
  const { show } = momentColumn('Seen');
  expect(show(instant, PLAIN)).toBe('22 Nov 23:30:15');
  expect(show(instant, { ...PLAIN, zone: 'Asia/Tokyo' })).toBe('23 Nov 08:30:15');
  expect(show(instant, { ...PLAIN, zone: 'Asia/Kathmandu' })).toBe('23 Nov 05:15:15');
});

it('instants are shown without their day where the window leaves no doubt of it', () => {
  const { show } = momentColumn('Seen');
  const window = { from: new Date('2026-11-22T22:50Z'), to: new Date('2026-11-22T23:50Z') };
  const shown = (instant: string, zone: string) => show(new Date(instant), { ...PLAIN, zone, window });
  expect(shown('2026-11-22T23:30:15Z', 'UTC')).toBe('23:30:15');
  // The window passes midnight in Berlin, and has no time of day twice.
  expect(shown('2026-11-22T23:30:15Z', 'Europe/Berlin')).toBe('00:30:15');
  expect(shown('2026-11-21T23:30:15Z', 'UTC')).toBe('21 Nov 23:30:15');
});

it('the name of an address is shown after it, and that of an interface before it, where one is known', () => {
  const names = new Map([
    ['10.0.21.31', { name: 'db-1', from: 'EC2', since: undefined } as const],
    ['eni-1', { name: 'db-1', from: 'EC2', since: undefined } as const],
  ]);
  const shown = { zone: 'UTC', names };
  expect(addressColumn('To').show('10.0.21.31', shown)).toBe('10.0.21.31 db-1');
  expect(addressColumn('To').show('10.0.21.32', shown)).toBe('10.0.21.32');
  expect(interfaceColumn().show('eni-1', shown)).toBe('db-1 eni-1');
});

it('a place is shown behind the address, in a sentence too, for others are there as well', () => {
  const shown = {
    zone: 'UTC',
    names: new Map([['8.8.8.8', { name: 'Germany', from: 'countries', since: undefined } as const]]),
  };
  expect(addressColumn('From').show('8.8.8.8', shown)).toBe('8.8.8.8 Germany');
  expect(phraseText(phrase`${anAddress('8.8.8.8')} scans.`, shown)).toBe('8.8.8.8 (Germany) scans.');
});

it('a name that came after the window began is marked, with its day where that is another one', () => {
  const since = new Date('2026-03-05T12:58:00Z');
  const known = { name: 'app-7', from: 'EC2', since, windowEnd: new Date('2026-03-05T14:00:00Z') } as const;
  const shown = (name: Name, zone = 'Europe/Berlin') =>
    addressColumn('To').show('10.0.21.31', { zone, names: new Map([['10.0.21.31', name]]) });
  expect(shown(known)).toBe('10.0.21.31 now app-7, since 13:58');
  expect(shown({ ...known, before: 'db-1' })).toBe('10.0.21.31 now app-7, since 13:58, before db-1');
  expect(shown({ ...known, windowEnd: new Date('2026-03-03T14:00:00Z') })).toBe(
    '10.0.21.31 now app-7, since 5 Mar 2026 13:58',
  );
});
