import { expect, it } from 'vitest';
import type { Coverage } from '../../src/core/answer/coverage/coverage.ts';
import { coverageLines } from '../../src/render/words/coverage-lines.ts';
import { askFixture } from '../support/ask-fixture.ts';

const slot = {
  fromSeconds: Date.UTC(2026, 10, 22, 10, 5) / 1000,
  toSeconds: Date.UTC(2026, 10, 22, 10, 10) / 1000,
};
const at = (time: string) => new Date(`2026-11-22T${time}:00Z`);

/** The lines of an answer whose coverage is changed so. */
async function linesWith(change: Partial<Coverage>, zone = 'UTC') {
  const answer = await askFixture('to 10.0.1.10', { zone });
  const plain: Coverage = {
    ...answer.coverage,
    skipData: 0,
    missingSlots: [],
    filesRead: 2,
    matched: 1_234,
    newestEnd: undefined,
    complete: true,
  };
  return coverageLines({ ...answer, coverage: { ...plain, ...change } });
}

it('says what was read, that it is complete, and where addresses were looked for', async () => {
  expect(await linesWith({})).toEqual([
    'Read 2 files of the fixture for 2026-11-22 10:00–10:55 UTC: 1,234 matching records.',
    'Complete up to the end of the window, 2026-11-22 10:40 UTC.',
    'Addresses looked for in srcaddr, dstaddr, pkt-srcaddr, pkt-dstaddr.',
  ]);
});

it('tells times in the zone of who asked, and in UTC', async () => {
  expect(await linesWith({}, 'Europe/Berlin')).toContain(
    'Complete up to the end of the window, 2026-11-22 11:40 CET (10:40 UTC).',
  );
});

it.each<readonly [string, Partial<Coverage>, RegExp]>([
  [
    'the newest file is of before the end',
    { complete: false, completeUpTo: at('10:35') },
    /^Complete up to .*10:35 UTC: newer records may still be delivered\.$/,
  ],
  [
    'newer records are here already',
    { complete: false, completeUpTo: at('10:35'), newestEnd: at('10:38') },
    /10:35 UTC: newer records may still be delivered, the newest here ended .*10:38 UTC\.$/,
  ],
  [
    'flows may run on',
    { complete: false, completeUpTo: at('10:40') },
    /^Delivered up to the end of the window, .*; flows that ran on may follow/,
  ],
  [
    'nothing was ever delivered',
    { complete: false, completeUpTo: undefined, extent: undefined, filesRead: 0 },
    /^There are no flow logs here at all\.$/,
  ],
  [
    'the logs are of another time',
    { complete: false, completeUpTo: undefined, extent: slot, filesRead: 0 },
    /^There is no file for this window; the logs hold .*10:05.*10:10 UTC\.$/,
  ],
  [
    'the newest file may be one of several',
    { complete: false, completeUpTo: undefined, extent: slot },
    /^No part of this window is known to be complete; the logs hold/,
  ],
  ['flows were lost', { skipData: 1_200 }, /^1,200 SKIPDATA: AWS lost flows, each may stand for many\.$/],
  ['lost flows were not counted', { skipData: undefined }, /^Not counted: SKIPDATA, where AWS lost flows\.$/],
  [
    'records were listed, not counted',
    { matched: undefined },
    /^Read 2 files of .*, newest records first\.$/,
  ],
  ['a slot has no file', { missingSlots: [{ ...slot, flowLog: '' }] }, /^No file for .*10:05–10:10 UTC\.$/],
  ['lines could not be read', { unreadableLines: 3 }, /^3 lines were no records and do not count\.$/],
  [
    'files could not be read',
    { filesFailed: [{ key: 'a/b/c.gz', slot, reason: 'is a damaged gzip file' }] },
    /^Not read: c\.gz is a damaged gzip file\.$/,
  ],
  [
    'packet fields are not recorded',
    { addressFields: ['srcaddr', 'dstaddr'] },
    /pkt-srcaddr, pkt-dstaddr not recorded: secondary addresses, pods and hosts behind NAT cannot be seen/,
  ],
  ['there is a note', { notes: ['several layouts'] }, /^Several layouts\.$/],
])('says when %s', async (_, change, expected) => {
  const lines = await linesWith(change);
  expect(lines.filter((line) => expected.test(line))).toHaveLength(1);
  // A doubt about completeness never stands beside its opposite.
  if (change.complete === false) expect(lines.join()).not.toContain('Complete up to the end');
});

it('counts one record as one', async () => {
  expect((await linesWith({ matched: 1 }))[0]).toMatch(/: 1 matching record\.$/);
});

it('names three of many and counts the rest', async () => {
  const filesFailed = [1, 2, 3, 4, 5].map((n) => ({ key: `f${n}`, slot, reason: 'is empty' }));
  expect(await linesWith({ filesFailed })).toContain(
    'Not read: f1 is empty; f2 is empty; f3 is empty; and 2 more.',
  );
});

it('makes hostile file names harmless', async () => {
  const key = `x/\u202e<!channel>${'y'.repeat(500)}`;
  const line = (await linesWith({ filesFailed: [{ key, slot, reason: 'is \u0007empty' }] })).find((each) =>
    each.startsWith('Not read'),
  );
  expect(line).toMatch(/^Not read: <!channel>y{79}… is empty\.$/u);
});
