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
  deleteExpired({ cloud: other, endings: store.endings, now }, signal);
const flowLogs = async ({ state }: GivenSample) =>
  (await state()).flowLogs.map(({ resourceId }) => resourceId);

describe('a flow log whose time is over', () => {
  it('is deleted, not before, and only it; what it leaves is written down to be told', async () => {
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

  it('that cannot be deleted stays, is told to nobody, and is tried again', async () => {
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

  it('is not taken for deleted when nobody answers for its account and region any more', async () => {
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
