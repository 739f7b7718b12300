import { describe, expect, it } from 'vitest';
import { ec2, script } from '../../../fakes/aws/answers.ts';
import { givenAws, signal } from '../../given-aws.ts';
import { FILES } from './wanted.ts';

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
          files: FILES,
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
