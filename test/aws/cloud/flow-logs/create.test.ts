import { describe, expect, it } from 'vitest';
import type { WantedFlowLog } from '../../../../src/core/lake/flow-logs.ts';
import { ec2, ec2Fault, script } from '../../../fakes/aws/answers.ts';
import { givenAws, signal } from '../../given-aws.ts';
import { WANTED } from './wanted.ts';

/** The parameters of the last call of a name, without those that every call has. */
async function paramsOf(action: string, wanted: WantedFlowLog) {
  const { aws, site } = await givenAws(script({ [action]: [ec2({ flowLogIdSet: ['fl-1'] })] }));
  await site.flowLogs.create(wanted, 'job-7', signal);
  const { Action, Version, ...params } = aws.calls.findLast((call) => call.action === action)?.params ?? {};
  return params;
}

describe('creating flow logs', () => {
  it('asks for files in S3, once for its token, and never names a role', async () => {
    expect(await paramsOf('CreateFlowLogs', { ...WANTED, deliveryRoleArn: 'arn:aws:iam::1:role/x' })).toEqual(
      {
        ClientToken: 'job-7',
        'ResourceId.1': 'vpc-0a',
        'ResourceId.2': 'vpc-0b',
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: 'arn:aws:s3:::logs/a/b/',
        'DestinationOptions.FileFormat': 'parquet',
        'DestinationOptions.HiveCompatiblePartitions': 'true',
        'DestinationOptions.PerHourPartition': 'true',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is AWS's notation
        LogFormat: '${version} ${pkt-srcaddr}',
        MaxAggregationInterval: '60',
        'TagSpecification.1.ResourceType': 'vpc-flow-log',
        'TagSpecification.1.Tag.1.Key': 'managed-by',
        'TagSpecification.1.Tag.1.Value': 'flowlog',
      },
    );
  });

  it('says which tags records show', async () => {
    const params = await paramsOf('CreateFlowLogs', {
      ...WANTED,
      fields: ['instance-tag', 'instance-tag-2', 'asg-tag'],
      shownTags: [
        { of: 'instance', keys: ['Name', 'Team'] },
        { of: 'auto-scaling-group', keys: ['Name'] },
      ],
    });
    expect(params).toMatchObject({
      'TagFieldSpecification.1.ResourceType': 'instance',
      'TagFieldSpecification.1.TagKey.1': 'Name',
      'TagFieldSpecification.1.TagKey.2': 'Team',
      'TagFieldSpecification.2.ResourceType': 'auto-scaling-group',
      'TagFieldSpecification.2.TagKey.1': 'Name',
    });
  });

  it('asks for a log group with its role, and leaves the default format to AWS', async () => {
    const params = await paramsOf('CreateFlowLogs', {
      ...WANTED,
      resourceIds: ['eni-0a'],
      fields: undefined,
      destination: { kind: 'cloud-watch-logs', logGroup: 'flows' },
      deliveryRoleArn: 'arn:aws:iam::1:role/x',
      tags: {},
    });
    expect(params).toEqual({
      ClientToken: 'job-7',
      'ResourceId.1': 'eni-0a',
      ResourceType: 'NetworkInterface',
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      LogGroupName: 'flows',
      DeliverLogsPermissionArn: 'arn:aws:iam::1:role/x',
      MaxAggregationInterval: '60',
    });
  });

  it('reports what was created and what was not, and takes an empty answer for success', async () => {
    const fault = { code: '400', message: 'LogDestination: logs does not exist' };
    const { site } = await givenAws(
      script({
        CreateFlowLogs: [
          ec2({ flowLogIdSet: ['fl-1'], unsuccessful: [{ resourceId: 'vpc-0b', error: fault }] }),
          ec2({ flowLogIdSet: ['fl-1', 'fl-2'] }),
        ],
      }),
    );
    expect(await site.flowLogs.create(WANTED, 'job-7', signal)).toEqual({
      ids: ['fl-1'],
      unsuccessful: [{ id: 'vpc-0b', ...fault }],
    });
    expect(await site.flowLogs.create(WANTED, 'job-8', signal)).toEqual({
      ids: ['fl-1', 'fl-2'],
      unsuccessful: [],
    });
  });

  it('refuses resources of two kinds, which one call cannot take', async () => {
    const { site } = await givenAws(script({}));
    const mixed = { ...WANTED, resourceIds: ['vpc-0a', 'eni-0a'] };
    await expect(site.flowLogs.create(mixed, 'job-7', signal)).rejects.toThrow(
      'not resources of one kind: vpc-0a, eni-0a',
    );
  });
});

describe('asking whether flow logs may be created', () => {
  it('is answered yes by the fault of a dry run that would have succeeded', async () => {
    const yes = ec2Fault('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
    const { aws, site } = await givenAws(script({ CreateFlowLogs: [yes] }));
    await expect(site.flowLogs.mayCreate(WANTED, signal)).resolves.toBeUndefined();
    expect(aws.calls.at(-1)?.params).toMatchObject({ DryRun: 'true' });
    expect(aws.calls.at(-1)?.params).not.toHaveProperty('ClientToken');
  });

  it('is answered no by any other', async () => {
    const { site } = await givenAws(
      script({ CreateFlowLogs: [ec2Fault('UnauthorizedOperation', 'You are not authorized', 403)] }),
    );
    await expect(site.flowLogs.mayCreate(WANTED, signal)).rejects.toMatchObject({
      code: 'denied',
      call: 'ec2:CreateFlowLogs',
      fault: 'UnauthorizedOperation',
      message: 'You are not authorized',
    });
  });
});
