import { describe, expect, it } from 'vitest';
import type { SubjectRead } from '../../../../src/core/lake/scan.ts';
import { conversationsOf, mayBeDeleted } from '../../../../src/core/query/conversation/conversations.ts';
import type { SightingRow } from '../../../../src/core/query/conversation/sightings.ts';

const CLIENT_INTERFACE = 'eni-0c0c0c0c0c0c0c0c0';

/** A request of `a` to `b` that was rejected as it left an interface. */
const REJECTED: SightingRow = {
  state: '',
  way: '',
  action: 'REJECT',
  flags: 'opens',
  interface_id: CLIENT_INTERFACE,
  records: 1,
  packets: 1,
  bytes: 60,
  first_seen: new Date('2026-03-05T12:00:00Z'),
  last_seen: new Date('2026-03-05T12:01:00Z'),
  port: 5432,
  protocol: 6,
  at_end: 'a',
  sender: 'a',
  role: 'client',
  direction: 'egress',
  reason: '-',
  part: null,
  longest: 60,
  lowest_port: 50_100,
  highest_port: 50_100,
};

function subject(said: string, interfaces: readonly string[], isPartial = false): SubjectRead {
  return { said, interfaces, isPartial };
}

/** At which end the interface is, by what EC2 knows of `a`. */
function endKnowing(a: SubjectRead | undefined) {
  return conversationsOf([REJECTED], { a, b: undefined })[0]?.sightings[0]?.end;
}

describe('the interface at which packets of an address leave', () => {
  it.each([
    ['EC2 is not asked', undefined],
    ['EC2 lists it as its own', subject('10.0.1.5', [CLIENT_INTERFACE])],
    ['a region does not say what it has', subject('10.0.1.5', [], true)],
    ['EC2 lists none of an internal address, whose own may be deleted', subject('10.0.1.5', [])],
  ])('is its own where %s', (_, known) => {
    expect(endKnowing(known)).toBe('client');
  });

  it.each([
    ['EC2 lists another one as its own', subject('10.0.1.5', ['eni-0d0d0d0d0d0d0d0d0'])],
    ['EC2 lists none of a public address', subject('198.51.100.9', [])],
  ])('is between the two where %s', (_, known) => {
    expect(endKnowing(known)).toBe('between');
  });
});

it('an interface may be deleted only where EC2 was asked and lists none of an internal address', () => {
  expect(mayBeDeleted(subject('10.0.1.5', []))).toBe(true);
  expect(mayBeDeleted(subject('10.0.1.5', [], true))).toBe(false);
  expect(mayBeDeleted(subject('10.0.1.5', [CLIENT_INTERFACE]))).toBe(false);
  expect(mayBeDeleted(subject('198.51.100.9', []))).toBe(false);
});
