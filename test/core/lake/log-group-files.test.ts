import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flowLogOf, folderTime, nameTimeSeconds } from '../../../src/core/flow-log/slots.ts';
import {
  asFiles,
  eachSlotOnce,
  groupOwner,
  slotKey,
  slotOfEvent,
} from '../../../src/core/lake/log-group-files.ts';
import type { ScannedObject } from '../../../src/core/lake/scan.ts';
import { groupSource } from '../../support/group-source.ts';

describe('the file of a slot of a log group', () => {
  it('is named as AWS names files, so that its slot and its flow log are read from its key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (slot) => {
        const start = 1_000_000_200 + slot * 300;
        const key = slotKey(groupSource(), start);
        expect(nameTimeSeconds(key)).toBe(start);
        expect(flowLogOf(key)).toBe('123456789012_vpcflowlogs_eu-central-1_fl-0123456789abcdef0');
        const { fromSeconds = 0, toSeconds = 0 } = folderTime(key.slice(0, key.lastIndexOf('/'))) ?? {};
        expect(fromSeconds <= start && start < toSeconds).toBe(true);
      }),
    );
  });

  it('is in a place of its own, one folder deep, whatever the log group is called', () => {
    for (const logGroup of ['/vpc/a', '..', '../../etc', 'a#b', '.', '/aws/../b'])
      expect(asFiles(groupSource({ logGroup })).place.bucket).toMatch(/^~[^/]+$/);
  });
});

it('a file with the records of some addresses alone has a name of its own in the same slot of the same flow log', () => {
  const [whole, part] = [slotKey(groupSource(), 1_000_000_200), slotKey(groupSource(), 1_000_000_200, 'abc')];
  expect(part).not.toBe(whole);
  expect([nameTimeSeconds(part), flowLogOf(part)]).toEqual([nameTimeSeconds(whole), flowLogOf(whole)]);
});

it('a slot is read once, as a whole where it is there as a whole, and files of buckets all are', () => {
  const from = { account: '1', region: 'eu-west-1', bucket: '~g' };
  const slot = { fromSeconds: 0, toSeconds: 300 };
  const ofGroup = (key: string, start: number, addresses?: readonly string[]): ScannedObject => {
    const events = { logGroup: 'g', fields: [], ...(addresses && { addresses }) };
    return { key, bytes: 1, slot: { fromSeconds: start, toSeconds: start + 300 }, from: { ...from, events } };
  };
  const objects = [
    ofGroup('part', 0, ['10.0.1.5']),
    ofGroup('whole', 0),
    ofGroup('again', 300, ['10.0.1.5']),
    ofGroup('and again', 300, ['10.0.1.5']),
    { key: 'a', bytes: 1, slot, from },
    { key: 'b', bytes: 1, slot, from },
    { key: 'c', bytes: 1, slot: undefined },
  ];
  expect(eachSlotOnce(objects).map(({ key }) => key)).toEqual(['whole', 'again', 'a', 'b', 'c']);
});

describe('the slot of an event', () => {
  const fields = ['srcaddr', 'start', 'end'];
  const slotOf = (message: string, startSeconds: number, own = fields) =>
    slotOfEvent({ timestampMs: startSeconds * 1_000, message }, own);

  it('is that in which its record ended', () => {
    expect(slotOf('10.0.0.1 290 310', 290)).toBe(300);
    expect(slotOf('10.0.0.1 0 600', 0)).toBe(600);
  });

  it('is that of its start where no end is recorded, or none that can be', () => {
    expect(slotOf('10.0.0.1 290 -', 290)).toBe(0);
    expect(slotOf('10.0.0.1 290', 290)).toBe(0);
    expect(slotOf('10.0.0.1', 310, ['srcaddr'])).toBe(300);
    expect(slotOf('10.0.0.1 900 100', 900)).toBe(900);
    expect(slotOf('10.0.0.1 0 99999999', 0)).toBe(600);
  });
});

describe('flow logs that deliver to one log group', () => {
  const old = groupSource({ id: 'fl-00000000000000001', createdAt: '2026-01-01T00:00:00Z' });
  const young = groupSource({ id: 'fl-00000000000000002', createdAt: '2026-02-01T00:00:00Z' });

  it('are files under the name of the oldest', () => {
    const elsewhere = groupSource({
      logGroup: '/other',
      createdAt: '2025-01-01T00:00:00Z',
      fields: ['start'],
    });
    expect(groupOwner(young, [young, elsewhere, old])).toBe(old);
    expect(groupOwner(old, [])).toBe(old);
  });

  it('in different formats are refused, because nothing says which one a record has', () => {
    const other = groupSource({ id: 'fl-00000000000000003', fields: ['dstaddr', 'srcaddr', 'start', 'end'] });
    expect(() => groupOwner(old, [old, other])).toThrow(
      'fl-00000000000000001 and fl-00000000000000003 deliver to one log group, `/flowlog/vpc`, in different formats.',
    );
  });
});
