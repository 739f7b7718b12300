import { beforeEach, describe, expect, inject, it } from 'vitest';
import type { WantedFlowLog } from '../../../src/core/lake/flow-logs.ts';
import { signal } from '../../aws/given-aws.ts';
import { type JudgedAws, judgedAws, newName } from '../judged-aws.ts';

let aws: JudgedAws;
let wanted: WantedFlowLog;
beforeEach(async () => {
  aws = await judgedAws(inject('moto'));
  const ec2 = await aws.clients.ec2();
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const bucket = newName('logs');
  await aws.site.buckets.create(bucket, signal);
  wanted = {
    resourceIds: [Vpc?.VpcId ?? ''],
    trafficType: 'ALL',
    fields: ['version', 'srcaddr', 'pkt-srcaddr'],
    // moto takes the prefix for a part of the bucket's name.
    destination: { kind: 's3', bucket, prefix: '', files: { format: 'text', hive: false, hourly: false } },
    maxIntervalSeconds: 60,
    tags: { 'managed-by': 'flowlog' },
  };
});

describe('flow logs', () => {
  it('are created, described as they were wanted, and deleted', async () => {
    const { flowLogs } = aws.site;
    const { ids, unsuccessful } = await flowLogs.create(wanted, newName('token'), signal);
    expect([ids.length, unsuccessful]).toEqual([1, []]);
    const [log, ...others] = await flowLogs.describe({ ids }, signal);
    expect(others).toEqual([]);
    expect(log).toMatchObject({
      id: ids[0],
      resourceId: wanted.resourceIds[0],
      trafficType: 'ALL',
      fields: wanted.fields,
      destination: wanted.destination,
      maxIntervalSeconds: 60,
      delivery: { status: 'succeeding', error: '' },
      tags: wanted.tags,
    });
    expect(await flowLogs.delete(ids, signal)).toEqual([]);
    expect(await flowLogs.describe({ ids }, signal)).toEqual([]);
  });

  it('are found by what they record and by their tags, where all that is asked must hold', async () => {
    const { flowLogs } = aws.site;
    const { ids } = await flowLogs.create(wanted, newName('token'), signal);
    const { resourceIds } = wanted;
    const tag = { key: 'managed-by', value: 'flowlog' };
    const found = async (filter: Parameters<typeof flowLogs.describe>[0]) =>
      (await flowLogs.describe(filter, signal)).map(({ id }) => id);
    expect(await found({ resourceIds, tag })).toEqual(ids);
    expect(await found({ resourceIds, tag: { ...tag, value: 'another' } })).toEqual([]);
    expect(await found({ ids: [...ids, 'fl-00000000'] })).toEqual(ids);
  });

  it('are refused twice for the same resource and place', async () => {
    await aws.site.flowLogs.create(wanted, newName('token'), signal);
    await expect(aws.site.flowLogs.create(wanted, newName('token'), signal)).rejects.toMatchObject({
      code: 'already-exists',
      fault: 'FlowLogAlreadyExists',
    });
  });

  it('are not created into a missing bucket, which AWS reports in a successful response', async () => {
    const destination = { ...wanted.destination, bucket: newName('nowhere') };
    const created = await aws.site.flowLogs.create(
      { ...wanted, destination } as WantedFlowLog,
      newName('token'),
      signal,
    );
    expect(created).toMatchObject({ ids: [], unsuccessful: [{ id: wanted.resourceIds[0], code: '400' }] });
  });

  it('are not created for what is not there, nor deleted', async () => {
    const nowhere = { ...wanted, resourceIds: ['vpc-00000000'] };
    await expect(aws.site.flowLogs.create(nowhere, newName('token'), signal)).rejects.toMatchObject({
      code: 'not-found',
      fault: 'InvalidVpcID.NotFound',
    });
    await expect(aws.site.flowLogs.delete(['fl-00000000'], signal)).rejects.toMatchObject({
      code: 'not-found',
      fault: 'InvalidFlowLogId.NotFound',
    });
  });

  it('may be created, which creates nothing', async () => {
    await aws.site.flowLogs.mayCreate(wanted, signal);
    expect(await aws.site.flowLogs.describe({ resourceIds: wanted.resourceIds }, signal)).toEqual([]);
  });

  it('deliver to CloudWatch Logs, and say that they fail where there is no log group', async () => {
    const { ids } = await aws.site.flowLogs.create(
      {
        ...wanted,
        destination: { kind: 'cloud-watch-logs', logGroup: newName('group') },
        deliveryRoleArn: 'arn:aws:iam::123456789012:role/flow-logs',
      },
      newName('token'),
      signal,
    );
    expect(await aws.site.flowLogs.describe({ ids }, signal)).toMatchObject([
      { destination: { kind: 'cloud-watch-logs' }, delivery: { status: 'failing', error: 'Access error' } },
    ]);
  });
});
