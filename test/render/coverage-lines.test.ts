import { expect, it } from 'vitest';
import type { Coverage, LogCoverage, SlotState } from '../../src/core/query/coverage.ts';
import { coverageDetails, coverageLine } from '../../src/render/coverage-lines.ts';
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
    doubts: [],
    flowLogs: [],
  };
  const changed = { ...answer, coverage: { ...plain, ...change } };
  return [coverageLine(changed), ...coverageDetails(changed)];
}

it('the coverage of an answer says what was read, that it is complete, and where addresses were looked for', async () => {
  expect(await linesWith({})).toEqual([
    'Complete for the window.',
    'Read 2 files of the fixture for 10:00–10:55 UTC: 1,234 matching records.',
    'Addresses looked for in srcaddr, dstaddr, pkt-srcaddr, pkt-dstaddr.',
  ]);
});

it('the coverage of a table without a list of files names the table, and says nothing of lines', async () => {
  const doubt = 'no list of the files of lake shows that all records of the window are there';
  expect(
    await linesWith({
      ...{ filesRead: 0, tablesRead: ['vpc_flow_2_0'], slotsRead: undefined, complete: false },
      ...{ doubts: [doubt], completeUpTo: undefined, unreadableLines: undefined, notes: [doubt] },
    }),
  ).toEqual([
    `Not complete: ${doubt}.`,
    'Read the table vpc_flow_2_0 of the fixture: 1,234 matching records.',
    'Addresses looked for in srcaddr, dstaddr, pkt-srcaddr, pkt-dstaddr.',
    `No list of the files of lake shows that all records of the window are there.`,
  ]);
});

/** A flow log with one slot range of which something else is known than that it was read. */
function logWith(state: SlotState, from: string, to: string): LogCoverage {
  const range = { fromSeconds: at(from).getTime() / 1000, toSeconds: at(to).getTime() / 1000 };
  return {
    flowLog: 'fl-1',
    slots: [{ ...range, state }],
    stopped: false,
    completeUpToSeconds: undefined,
    whole: false,
    resource: undefined,
    traffic: 'all',
  };
}

const DOUBTFUL = { complete: false, doubts: ['some five-minute slots have no file'] };

it('the coverage of an answer says times in the zone of who asked', async () => {
  const flowLogs = [logWith('missing', '10:20', '10:30')];
  expect(await linesWith({ ...DOUBTFUL, flowLogs, completeUpTo: at('10:10') }, 'Europe/Berlin')).toContain(
    'Complete up to 11:10 CET; 11:20–11:30 CET has no file.',
  );
});

it.each<readonly [string, Partial<Coverage>, RegExp]>([
  [
    'later files are not delivered yet',
    { ...DOUBTFUL, completeUpTo: at('10:25'), flowLogs: [logWith('late', '10:35', '10:50')] },
    /^Complete up to 10:25 UTC; 10:35–10:50 UTC is not delivered yet\.$/,
  ],
  [
    'newer records are here already',
    { ...DOUBTFUL, completeUpTo: at('10:25'), newestEnd: at('10:38') },
    /^The newest record here ended 10:38 UTC\.$/,
  ],
  [
    'several slot ranges of several flow logs have no file',
    {
      ...DOUBTFUL,
      completeUpTo: undefined,
      flowLogs: [
        logWith('missing', '10:00', '10:05'),
        { ...logWith('missing', '10:10', '10:15'), flowLog: 'fl-2' },
        logWith('missing', '10:20', '10:25'),
      ],
    },
    /^Not complete; .*10:00–10:05 UTC of fl-1 and .*10:10–10:15 UTC of fl-2 and 1 more have no file\.$/,
  ],
  [
    'a slot could not be read',
    { ...DOUBTFUL, completeUpTo: at('10:10'), flowLogs: [logWith('unreadable', '10:20', '10:25')] },
    /^Complete up to .*10:10 UTC; .*10:20–10:25 UTC could not be read\.$/,
  ],
  [
    'every slot was read, and something else is in doubt',
    { complete: false, doubts: ['2 lines could not be read'] },
    /^Not complete: 2 lines could not be read\.$/,
  ],
  [
    'nothing was ever delivered',
    { ...DOUBTFUL, completeUpTo: undefined, storedRange: undefined, filesRead: 0 },
    /^There are no flow logs here at all\.$/,
  ],
  [
    'the logs are of another time',
    { ...DOUBTFUL, completeUpTo: undefined, storedRange: slot, filesRead: 0 },
    /^Nothing of this window was read; the logs hold .*10:05.*10:10 UTC\.$/,
  ],
  [
    'flows were lost',
    { skipData: 1_200, skippedAt: ['eni-1', 'eni-2'] },
    /^AWS lost flows at eni-1; eni-2: 1,200 records say so, each for an unknown number of flows\.$/,
  ],
  [
    'records have a status that AWS does not document',
    { otherStatus: 2 },
    /^2 records have a status that AWS does not document, and do not count\.$/,
  ],
  [
    'the engine does not report lines that are not records',
    { unreadableLines: undefined },
    /^Athena does not report lines that are not records\.$/,
  ],
  ['lost flows were not counted', { skipData: undefined }, /^Whether AWS lost flows is not counted here\.$/],
  [
    'records were listed, not counted',
    { matched: undefined },
    /^Read 2 files of .*, newest records first\.$/,
  ],
  ['lines could not be read', { unreadableLines: 3 }, /^3 lines are not records and do not count\.$/],
  ['a line could not be read', { unreadableLines: 1 }, /^1 line is not a record and does not count\.$/],
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
])('the coverage of an answer says when %s', async (_, change, expected) => {
  const lines = await linesWith(change);
  expect(lines.filter((line) => expected.test(line))).toHaveLength(1);
  if (change.complete === false) expect(lines.join()).not.toContain('Complete for the window');
});

it('the coverage of an answer counts one record as one', async () => {
  expect((await linesWith({ matched: 1 }))[1]).toMatch(/: 1 matching record\.$/);
});

it('the coverage of an answer names three of many and counts the rest', async () => {
  const filesFailed = [1, 2, 3, 4, 5].map((n) => ({ key: `f${n}`, slot, reason: 'is empty' }));
  expect(await linesWith({ filesFailed })).toContain(
    'Not read: f1 is empty; f2 is empty; f3 is empty; and 2 more.',
  );
});

it('the coverage of an answer makes hostile file names harmless', async () => {
  const key = `x/\u202e<!channel>${'y'.repeat(500)}`;
  const line = (await linesWith({ filesFailed: [{ key, slot, reason: 'is \u0007empty' }] })).find((each) =>
    each.startsWith('Not read'),
  );
  expect(line).toMatch(/^Not read: <!channel>y{79}… is empty\.$/u);
});
