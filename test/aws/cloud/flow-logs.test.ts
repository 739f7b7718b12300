import { describe, expect, it } from 'vitest';
import type { WantedFlowLog } from '../../../src/core/ports/cloud/flow-logs.ts';
import { ec2, ec2Fault, script } from '../../fakes/aws/answers.ts';
import { givenAws, signal } from '../given-aws.ts';

const WANTED: WantedFlowLog = {
  resourceIds: ['vpc-0a', 'vpc-0b'],
  trafficType: 'ALL',
  fields: ['version', 'pkt-srcaddr'],
  destination: {
    kind: 's3',
    bucket: 'logs',
    prefix: 'a/b',
    files: { format: 'parquet', hive: true, hourly: true },
  },
  maxIntervalSeconds: 60,
  tags: { 'managed-by': 'flowlog' },
};

/** The parameters of the last call of a name, without those that every call has. */
async function paramsOf(action: string, wanted: WantedFlowLog) {
  const { aws, site } = await givenAws(script({ [action]: [ec2({ flowLogIdSet: ['fl-1'] })] }));
  await site.flowLogs.create(wanted, 'job-7', signal);
  const { Action, Version, ...params } = aws.calls.findLast((call) => call.action === action)?.params ?? {};
  return params;
}

describe('describing flow logs', () => {
  it('reads every page, oldest first, with all that AWS says of them', async () => {
    const { aws, site } = await givenAws(
      script({
        DescribeFlowLogs: [
          ec2({
            flowLogSet: [
              {
                flowLogId: 'fl-2',
                resourceId: 'vpc-0a',
                trafficType: 'REJECT',
                // biome-ignore lint/suspicious/noTemplateCurlyInString: it is AWS's notation
                logFormat: '${version} ${srcaddr} ${from-the-future}',
                logDestinationType: 's3',
                logDestination: 'arn:aws:s3:::logs/a/b/',
                destinationOptions: {
                  fileFormat: 'parquet',
                  hiveCompatiblePartitions: true,
                  perHourPartition: true,
                },
                maxAggregationInterval: 60,
                creationTime: '2026-03-02T00:00:00.000Z',
                deliverLogsStatus: 'FAILED',
                deliverLogsErrorMessage: 'Access error',
                tagSet: [{ key: 'managed-by', value: 'flowlog' }],
              },
            ],
            nextToken: 'more',
          }),
          ec2({
            flowLogSet: [
              {
                flowLogId: 'fl-1',
                resourceId: 'tgw-0a',
                logDestinationType: 'cloud-watch-logs',
                logGroupName: 'flows',
                creationTime: '2026-03-01T00:00:00.000Z',
              },
            ],
          }),
        ],
      }),
    );
    expect(await site.flowLogs.describe({}, signal)).toMatchObject([
      {
        id: 'fl-1',
        trafficType: undefined,
        destination: { kind: 'cloud-watch-logs', logGroup: 'flows' },
        maxIntervalSeconds: 600,
        delivery: { status: 'pending', error: '' },
        tags: {},
      },
      {
        id: 'fl-2',
        resourceId: 'vpc-0a',
        trafficType: 'REJECT',
        fields: ['version', 'srcaddr', 'from-the-future'],
        destination: {
          kind: 's3',
          bucket: 'logs',
          prefix: 'a/b',
          files: WANTED.destination.kind === 's3' && WANTED.destination.files,
        },
        maxIntervalSeconds: 60,
        createdAt: new Date('2026-03-02T00:00:00Z'),
        delivery: { status: 'failing', error: 'Access error' },
        tags: { 'managed-by': 'flowlog' },
      },
    ]);
    expect(aws.calls.at(-1)?.params.NextToken).toBe('more');
  });

  it('asks by filters, in as many calls as the values need, and for nothing when nothing is wanted', async () => {
    const { aws, site } = await givenAws(script({ DescribeFlowLogs: [ec2({ flowLogSet: [] })] }));
    const ids = Array.from({ length: 201 }, (_, index) => `fl-${index}`);
    await site.flowLogs.describe({ ids, tag: { key: 'managed-by', value: 'flowlog' } }, signal);
    expect(await site.flowLogs.describe({ ids: [] }, signal)).toEqual([]);
    const asked = aws.calls.filter(({ action }) => action === 'DescribeFlowLogs');
    expect(asked.map(({ params }) => params['Filter.1.Value.1']).toSorted()).toEqual(['fl-0', 'fl-200']);
    expect(asked[0]?.params).toMatchObject({
      'Filter.1.Name': 'flow-log-id',
      'Filter.2.Name': 'tag:managed-by',
      'Filter.2.Value.1': 'flowlog',
    });
  });

  it('reads a log group out of an ARN, and a stream that is not read', async () => {
    const logs = [
      { flowLogId: 'fl-1', logDestination: 'arn:aws:logs:eu-central-1:1:log-group:flows:*' },
      {
        flowLogId: 'fl-2',
        logDestinationType: 'kinesis-data-firehose',
        logDestination: 'arn:aws:firehose:x',
      },
    ];
    const { site } = await givenAws(script({ DescribeFlowLogs: [ec2({ flowLogSet: logs })] }));
    const found = await site.flowLogs.describe({}, signal);
    expect(found.map(({ destination }) => destination)).toEqual([
      { kind: 'cloud-watch-logs', logGroup: 'flows' },
      { kind: 'firehose', arn: 'arn:aws:firehose:x' },
    ]);
  });
});

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

  it('tells what was not created beside what was, and takes silence for success', async () => {
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

it('deletes flow logs and tells which are still there', async () => {
  const left = { resourceId: 'fl-2', error: { code: 'InvalidFlowLogId.NotFound', message: 'gone' } };
  const { aws, site } = await givenAws(script({ DeleteFlowLogs: [ec2({ unsuccessful: [left] })] }));
  expect(await site.flowLogs.delete(['fl-1', 'fl-2'], signal)).toEqual([{ id: 'fl-2', ...left.error }]);
  expect(aws.calls.at(-1)?.params).toMatchObject({ 'FlowLogId.1': 'fl-1', 'FlowLogId.2': 'fl-2' });
});

it('gets the template that AWS makes, which wants places in S3 as ARNs', async () => {
  const { aws, site } = await givenAws(
    script({ GetFlowLogsIntegrationTemplate: [ec2({ result: 'AWSTemplateFormatVersion: 2010-09-09' })] }),
  );
  const template = await site.flowLogs.integrationTemplate(
    {
      flowLogId: 'fl-1',
      templateLocation: 's3://logs/templates/',
      resultLocation: 's3://results/',
      partitionLoad: 'daily',
    },
    signal,
  );
  expect(template).toBe('AWSTemplateFormatVersion: 2010-09-09');
  expect(aws.calls.at(-1)?.params).toMatchObject({
    FlowLogId: 'fl-1',
    ConfigDeliveryS3DestinationArn: 'arn:aws:s3:::logs/templates/',
    'IntegrateService.AthenaIntegration.1.IntegrationResultS3DestinationArn': 'arn:aws:s3:::results',
    'IntegrateService.AthenaIntegration.1.PartitionLoadFrequency': 'daily',
  });
});
