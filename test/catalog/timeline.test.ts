import { expect, it } from 'vitest';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';
import { flow, NOON } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

/** The courses of accepted and rejected records. */
async function course(line: string, window?: string) {
  const answer = await askFixture(line, window === undefined ? {} : { window });
  return { accepted: cells(answer, 'accepted').flat(), rejected: cells(answer, 'rejected').flat(), answer };
}

it('the query `timeline` counts records in buckets that lie on round times, and has no number where there is no file', async () => {
  const { accepted, rejected, answer } = await course('timeline');
  expect(cells(answer, 'bucket').flat()).toEqual(
    [0, 5, 10, 15, 20, 25, 30, 35].map((minute) => new Date(Date.UTC(2026, 10, 22, 10, minute))),
  );
  // 10:00 is 8 of the page and 4 of the health check; 10:15 is 4 of the database and 6 through the gateway.
  // There is no file for 10:25: it is unknown how many there were.
  expect(accepted).toEqual([12, 12, 8, 10, 2, null, 5, 1]);
  expect(rejected).toEqual([0, 0, 5, 0, 2, null, 1, 0]);
  expect(answer.headline).toBe('At least 50 accepted and at least 8 rejected records.');
});

it('the query `timeline` puts a record that began before the window in the first bucket', async () => {
  // 10:20:05 - 10:21:00 touches a window from 10:20:30 on; the one of 10:22:05 begins in it.
  const { accepted, rejected } = await course(
    'timeline 10.0.2.20',
    'since 2026-11-22T10:20:30Z until 2026-11-22T10:24:00Z',
  );
  expect(accepted).toEqual([1, 0, 1, 0]);
  expect(rejected).toEqual([1, 0, 1, 0]);
});

it('the query `timeline` says which buckets are counted in part: of their last records some may be in a slot without a file', async () => {
  const { answer } = await course('timeline', 'since 2026-11-22T10:00Z until 2026-11-22T10:20Z');
  // A record that begins in a bucket may end ten minutes later, and there is no file for 10:25.
  expect([
    ...new Set(
      cells(answer, 'bucket', 'counted').map(
        ([bucket, counted]) =>
          `${bucket instanceof Date && bucket.getUTCMinutes() < 15 ? 'early' : 'late'} ${counted}`,
      ),
    ),
  ]).toEqual(['early whole', 'late in part']);
});

it('the query `timeline` counts every bucket in part where flows were lost, and one without its file not at all', async () => {
  const { answer } = await course('timeline');
  expect(cells(answer, 'counted').flat()).toEqual([
    ...Array(5).fill('in part'),
    'not',
    ...Array(2).fill('in part'),
  ]);
});

it('the query `timeline` marks the first and the last bucket where the window cuts them', async () => {
  const { answer } = await course('timeline', 'since 2026-11-22T10:00:30Z until 2026-11-22T10:05:30Z');
  expect(cells(answer, 'counted').flat()).toEqual(['in part', ...Array(4).fill('whole'), 'in part']);
});

it('the query `timeline` fits any window into twenty buckets, and has no number for one without all of its files', async () => {
  const { answer } = await course('timeline', 'since 2026-11-16T11:00Z until 2026-11-22T11:00Z');
  expect(answer.rows.length).toBeLessThanOrEqual(20);
  expect(new Set(cells(answer, 'accepted').flat())).toEqual(new Set([null]));
});

it('the query `timeline` counts all buckets in its headline, also those that are not shown', async () => {
  const answer = await askFixture('timeline', { rowLimit: 2 });
  expect(answer.truncated).toBe(true);
  expect(answer.headline).toBe((await askFixture('timeline')).headline);
});

it.each([
  ['timeline 192.0.2.66', 'At least 0 accepted and at least 5 rejected records of 192.0.2.66.'],
  ['timeline port=5432', 'At least 15 accepted and at least 3 rejected records. (Only port=5432.)'],
  [
    'timeline proto=icmp direction=egress',
    'At least 2 accepted and at least 0 rejected records. (Only proto=icmp direction=egress.)',
  ],
  ['timeline 10.0.1.31', 'At least 2 accepted and at least 0 rejected records of 10.0.1.31.'],
  [
    'timeline eni=eni-0000000000000005a',
    'At least 4 accepted and at least 0 rejected records. (Only eni=eni-0000000000000005a.)',
  ],
  [
    'timeline 2001:db8:ffff::/64',
    'At least 2 accepted and at least 0 rejected records of 2001:db8:ffff::/64.',
  ],
])('the query `timeline` answers %s', async (line, headline) => {
  expect((await askFixture(line)).headline).toBe(headline);
});

/** The headline over records, of which there are more from noon on; a slot is not there where one is named. */
async function headlineOfRise(missingSlot?: number) {
  const folder = await tempFolder();
  const records = Array.from({ length: 24 }, (_, slot) => slot - 12)
    .filter((slot) => slot !== missingSlot)
    .flatMap((slot) => Array.from({ length: slot < 0 ? 5 : 50 }, () => flow(NOON + slot * 300 + 90)));
  await writeLake(folder, records);
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { headline } = await ask('timeline since 2026-03-05T11:10Z until 2026-03-05T12:45Z');
  await close();
  return headline;
}

it('the query `timeline` names the time of a step, but not where the slot is missing in which it was', async () => {
  expect(await headlineOfRise()).toContain('Accepted records rose at 12:00 UTC, from 5 to 50');
  expect(await headlineOfRise(0)).not.toContain('rose');
  expect(await headlineOfRise(-1)).not.toContain('rose');
});

it('the query `timeline` has no rows where nothing was seen, not twenty zeros', async () => {
  expect((await askFixture('timeline 10.9.9.9')).rows).toEqual([]);
});

it('the query `timeline` goes on with what was rejected and who talked most', async () => {
  expect(nextSteps(await askFixture('timeline 10.0.2.20'))).toEqual({
    'What was rejected': 'rejected 10.0.2.20',
    'Top talkers': 'top-talkers 10.0.2.20',
    'Look further back': 'timeline 10.0.2.20',
  });
});
