import { describe, expect, it } from 'vitest';
import { createAwsClock, withClock } from '../../src/aws/aws-clock.ts';
import { createAwsClients } from '../../src/aws/clients.ts';
import type { Scan } from '../../src/core/lake/scan.ts';
import type { Sources } from '../../src/core/lake/sources.ts';
import { s3Fault, xml } from '../fakes/aws/answers.ts';
import { startFakeAws } from '../fakes/aws/fake-aws.ts';
import { REGION, signal, withCredentials } from './given-aws.ts';

const NOW = new Date('2026-11-30T10:00:00Z');
const MINUTE_MS = 60_000;

/** A clock after an answer of an AWS whose clock is so many minutes ahead. */
function seenAhead(minutes: number) {
  const clock = createAwsClock(() => NOW);
  clock.seen(new Date(NOW.getTime() + minutes * MINUTE_MS).toUTCString());
  return clock;
}

describe('the clock of this machine', () => {
  it.each([0, 1.9, -1.9])('that differs from AWS’s by %s minutes is not mentioned', (minutes) => {
    expect(seenAhead(minutes).note()).toBeUndefined();
  });

  it.each([
    [5, 'is 5 minutes behind AWS'],
    [-5, 'is 5 minutes ahead of AWS'],
    [61, 'is 61 minutes behind AWS'],
  ])('is said to be off where AWS is %s minutes ahead', (minutes, words) => {
    expect(seenAhead(minutes).note()).toContain(words);
  });

  it('is not judged by a date that is none', () => {
    const clock = createAwsClock(() => NOW);
    clock.seen('yesterday');
    expect(clock.note()).toBeUndefined();
  });

  it('that is off is said in the notes of each scan, which is no proof then', async () => {
    const scan: Scan = {
      source: { name: 'logs', region: REGION, fields: [] },
      ...{ tables: [], objects: [], unread: [], notes: ['one'], storedRange: undefined },
    };
    const sources: Sources = { scanFor: async () => scan, prepare: async () => undefined };
    const wanted = { window: { from: NOW, to: NOW }, scope: {}, addresses: [], eni: undefined };
    const noted = await withClock(sources, seenAhead(5)).scanFor(wanted, signal);
    expect(noted.notes).toEqual(['one', expect.stringContaining('5 minutes behind')]);
    expect(await withClock(sources, seenAhead(0)).scanFor(wanted, signal)).toBe(scan);
  });
});

/** An S3 that takes requests of its own time alone, give or take a quarter of an hour. */
async function givenS3(aheadMinutes: number) {
  withCredentials();
  const clock = createAwsClock(() => new Date());
  const aws = await startFakeAws(({ headers }) => {
    const server = new Date(Date.now() + aheadMinutes * MINUTE_MS);
    const date = { date: server.toUTCString() };
    const signed = String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
    const isStale = Math.abs(Date.parse(signed) - server.getTime()) > 15 * MINUTE_MS;
    if (isStale) return s3Fault(403, 'RequestTimeTooSkewed', date);
    const listing = xml('<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>');
    return { ...listing, headers: { ...listing.headers, ...date } };
  });
  const clients = createAwsClients({ region: REGION, credentials: undefined, endpoint: aws.endpoint, clock });
  return { aws, clock, s3: await clients.s3() };
}

it.each([
  [0, 1, undefined],
  [5, 1, expect.stringContaining('5 minutes behind')],
  [-20, 2, expect.stringContaining('20 minutes ahead of')],
])(
  'an S3 whose clock is %s minutes ahead answers, and the difference is known',
  async (minutes, calls, note) => {
    const { aws, clock, s3 } = await givenS3(minutes);
    await s3.listObjectsV2({ Bucket: 'b' });
    expect(aws.calls).toHaveLength(calls);
    expect(clock.note()).toEqual(note);
  },
);
