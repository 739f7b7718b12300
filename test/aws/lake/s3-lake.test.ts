import { describe, expect, it } from 'vitest';
import { createS3Lake } from '../../../src/aws/lake/s3-lake.ts';
import { describeLake } from '../../contract/lake.ts';
import { s3Fault, script } from '../../fakes/aws/answers.ts';
import { flow, NOON } from '../../support/flow.ts';
import { givenAws, signal } from '../given-aws.ts';
import { givenBucket, listed } from './given-bucket.ts';

const HOUR = 3600;
const REGION_FOLDER = 'AWSLogs/012345678901/vpcflowlogs/eu-central-1';
const slotRange = { fromSeconds: NOON, toSeconds: NOON + HOUR };

/** A clock on which a minute passes between two looks, so that nothing is remembered that may change. */
function hurriedClock(): () => Date {
  let minutes = 0;
  return () => {
    minutes += 1;
    return new Date((NOON + minutes * 60) * 1000);
  };
}

for (const layout of ['daily', 'hourly', 'hive', 'hive-hourly'] as const) {
  describeLake(`in a bucket, ${layout}`, async () => {
    const { lake, write } = await givenBucket(hurriedClock());
    return { lake, write: (records, options = {}) => write(records, { layout, ...options }) };
  });
}

describe('a lake that begins below the top of its bucket', () => {
  it('lists nothing outside it, under the keys of the bucket', async () => {
    const { lake, aws, write } = await givenBucket(hurriedClock(), REGION_FOLDER);
    const [key] = await write([flow(NOON)], { layout: 'hourly' });
    await write([flow(NOON)], { region: 'us-east-1' });
    expect((await lake.during(slotRange, signal)).map((object) => object.key)).toEqual([key]);
    expect(listed(aws)).toEqual([
      `${REGION_FOLDER}/`,
      `${REGION_FOLDER}/2026/`,
      `${REGION_FOLDER}/2026/03/`,
      `${REGION_FOLDER}/2026/03/05/`,
      `${REGION_FOLDER}/2026/03/05/12/`,
    ]);
  });
});

describe('a file that is not of a flow log', () => {
  it('is skipped where Athena would not read it, and where it has no name', async () => {
    const { lake, objects, write } = await givenBucket(hurriedClock());
    const [key] = await write([flow(NOON)]);
    for (const other of ['AWSLogs/', '/AWSLogs/x.log', '_SUCCESS', '.hidden/x', '.hidden.log'])
      objects.set(other, 0);
    const keys = (await lake.during(slotRange, signal)).map((object) => object.key);
    expect(keys).toEqual([key]);
  });
});

describe('listings that are remembered', () => {
  const HOURLY = { layout: 'hourly' } as const;

  it('are asked for again after half a minute while files may still come', async () => {
    let now = NOON + HOUR;
    const { lake, aws, write } = await givenBucket(() => new Date(now * 1000), REGION_FOLDER);
    await write([flow(NOON)], HOURLY);
    const found = async () => (await lake.during(slotRange, signal)).length;
    expect(await found()).toBe(1);
    await write([flow(NOON + 300)], HOURLY);
    expect(await found()).toBe(1);
    const before = listed(aws).length;
    now += 31;
    expect(await found()).toBe(2);
    expect(listed(aws).length).toBe(before * 2);
  });

  it('are kept for ten minutes an hour after the time of their folder, since a file may come hours late', async () => {
    let now = NOON + 2 * HOUR + 1;
    const { lake, write } = await givenBucket(() => new Date(now * 1000), REGION_FOLDER);
    await write([flow(NOON)], HOURLY);
    const found = async () => (await lake.during(slotRange, signal)).length;
    expect(await found()).toBe(1);
    await write([flow(NOON + 300)], HOURLY);
    now += 599;
    expect(await found()).toBe(1);
    now += 2;
    expect(await found()).toBe(2);
  });
});

it('a day of hourly folders is listed in the order of time, however many are opened at once', async () => {
  const { lake, aws, write } = await givenBucket(hurriedClock());
  const hours = Array.from({ length: 24 }, (_, hour) => flow(NOON + (hour - 12) * HOUR));
  const keys = await write(hours, { layout: 'hourly' });
  const day = { fromSeconds: NOON - 12 * HOUR, toSeconds: NOON + 12 * HOUR };
  const found = await lake.during(day, signal);
  expect(found.map(({ key }) => key)).toEqual(keys);
  expect(listed(aws).filter((prefix) => /\/05\/\d\d\/$/.test(prefix))).toHaveLength(24);
});

it('a bucket that cannot be listed is reported with the reason, not shown as empty', async () => {
  const others = script({});
  const { site } = await givenAws((call) =>
    call.action === '' ? s3Fault(403, 'AccessDenied') : others(call),
  );
  const now = () => new Date(NOON * 1000);
  const lake = createS3Lake({ buckets: site.buckets, bucket: 'logs', under: '', now });
  const denied = { code: 'denied', call: 's3:ListBucket' };
  await expect(lake.during(slotRange, signal)).rejects.toMatchObject(denied);
  await expect(lake.storedRange(signal)).rejects.toMatchObject(denied);
});
