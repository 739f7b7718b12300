import { describe, expect, it } from 'vitest';
import { deleteExpired } from '../../../src/operations/expiry/delete-expired.ts';
import { ENI, type GivenSample, givenSample, SUBNET } from '../../support/given-sample.ts';
import { fault, withFault } from '../../support/with-fault.ts';

const { signal } = new AbortController();

/** A sample with a flow log that ends after half an hour, and one without an end. */
async function givenTwo(): Promise<{ readonly given: GivenSample; readonly ends: string }> {
  const given = await givenSample();
  await given.done(`setup ${ENI} for=30m files=text`);
  await given.done(`setup ${SUBNET} files=text`);
  const [ends] = (await given.state()).flowLogs.filter(({ resourceId }) => resourceId === ENI);
  return { given, ends: ends?.id ?? '' };
}

const deleting = ({ cloud, store, now }: GivenSample, other = cloud) =>
  deleteExpired({ cloud: other, endings: store.endings, journal: store.journal, now }, signal);
const flowLogs = async ({ state }: GivenSample) =>
  (await state()).flowLogs.map(({ resourceId }) => resourceId);

describe('a flow log whose time is over', () => {
  it('is deleted, not before, and only it; what it leaves is written down for the notification', async () => {
    const { given, ends } = await givenTwo();
    expect(await deleting(given)).toEqual([]);
    await given.pass(31);
    expect(await deleting(given)).toEqual([ends]);
    expect(await flowLogs(given)).toEqual([SUBNET]);
    expect(await given.store.endings.in('deleted')).toMatchObject([
      {
        flowLogId: ends,
        resourceId: ENI,
        left: `s3://flowlog-123456789012-us-east-1/${ENI}/`,
        dueAt: new Date('2026-11-24T10:00:20Z'),
      },
    ]);
    expect(await deleting(given)).toEqual([]);
  });

  it('that cannot be deleted stays, is not reported, and is tried again', async () => {
    const { given, ends } = await givenTwo();
    await given.pass(31);
    const refusing = withFault(given.cloud, {
      flowLogs: () => ({ delete: async (ids) => ids.map((id) => ({ id, code: 'Denied', message: 'no' })) }),
    });
    const broken = withFault(given.cloud, {
      flowLogs: () => ({ delete: () => Promise.reject(fault('throttled', 'ec2:DeleteFlowLogs')) }),
    });
    expect(await deleting(given, refusing)).toEqual([]);
    await expect(deleting(given, broken)).rejects.toThrow();
    expect(await given.store.endings.in('deleted')).toEqual([]);
    expect(await deleting(given)).toEqual([ends]);
  });

  it('is not taken for deleted when its account and region are not configured any more', async () => {
    const { given } = await givenTwo();
    await given.pass(31);
    const refusing = withFault(given.cloud, {
      flowLogs: () => ({ delete: async (ids) => ids.map((id) => ({ id, code: 'Denied', message: 'no' })) }),
    });
    expect(await deleting(given, refusing)).toEqual([]);
    expect(await deleting(given, { ...given.cloud, sites: async () => [] })).toEqual([]);
  });

  it('that was deleted right before a restart is known by its absence', async () => {
    const { given, ends } = await givenTwo();
    await given.pass(31);
    const killed = withFault(given.cloud, {
      flowLogs: (real) => ({
        async delete(ids, stop) {
          await real.delete(ids, stop);
          throw new Error('killed');
        },
      }),
    });
    await expect(deleting(given, killed)).rejects.toThrow('killed');
    expect(await deleting(given)).toEqual([ends]);
    expect(await deleting(given)).toEqual([]);
    expect(await given.store.endings.in('deleted')).toHaveLength(1);
  });
});

describe('a tag alone', () => {
  const PAST = '2020-01-01T00:00:00.000Z';
  /** A cloud in which every flow log has tags that another person wrote. */
  const tagged = ({ cloud }: GivenSample, tags: Readonly<Record<string, string>>) =>
    withFault(cloud, {
      flowLogs: (real) => ({
        async describe(wanted, stop) {
          const { tag: _any, ...others } = wanted;
          const all = await real.describe(others, stop);
          return all.map((each) => ({ ...each, tags: { ...each.tags, ...tags } }));
        },
      }),
    });
  const OURS = { 'managed-by': 'flowlog' };

  it('deletes nothing: neither a flow log that others made, nor one that was set up without an end', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET} files=text`);
    const before = await flowLogs(given);
    const doubtful: (readonly string[])[] = [];
    const { endings, journal } = given.store;
    const cloud = tagged(given, { ...OURS, 'flowlog:delete-after': PAST });
    const parts = { cloud, endings, journal, now: given.now };
    expect(await deleteExpired({ ...parts, unproven: (ids) => doubtful.push(ids) }, signal)).toEqual([]);
    expect(await flowLogs(given)).toEqual(before);
    expect(await endings.in('due')).toEqual([]);
    expect(doubtful.flat()).toHaveLength(before.length + 1);
  });

  it('deletes nothing before the time that was confirmed, and keeps longer what says so', async () => {
    const { given, ends } = await givenTwo();
    const early = tagged(given, { ...OURS, 'flowlog:delete-after': PAST });
    expect(await deleting(given, early)).toEqual([]);
    await given.pass(31);
    const late = tagged(given, { ...OURS, 'flowlog:delete-after': '2099-01-01T00:00:00.000Z' });
    expect(await deleting(given, late)).toEqual([]);
    expect(await deleting(given, early)).toEqual([ends]);
  });

  it('of another account or region deletes nothing', async () => {
    const { given } = await givenTwo();
    await given.pass(31);
    const elsewhere = {
      ...given.cloud,
      sites: async () => (await given.cloud.sites(signal)).map((site) => ({ ...site, region: 'eu-west-1' })),
    };
    expect(await deleting(given, elsewhere)).toEqual([]);
  });

  it('is shown by status, and teardown asks for the id to be typed where nothing is written down', async () => {
    const { given, ends } = await givenTwo();
    expect(JSON.stringify(await given.say(`status ${ends}`))).toContain(
      `${ends} deletes itself after 24 Nov 2026`,
    );
    expect((await given.planned(`teardown ${ends}`)).plan.typed).toBeUndefined();
    // Another host, or state that was lost.
    const again = await givenSample({ folder: given.folder });
    expect(JSON.stringify(await again.say(`status ${ends}`))).toContain(
      `which is not written down here: it is deleted only by \`teardown ${ends}\`.`,
    );
    const { plan } = await again.planned(`teardown ${ends}`);
    expect(plan.typed).toBe(ends);
    expect(JSON.stringify(plan.sections)).toContain('Only its tag says that flowlog made it');
  });
});
