import { describe, expect, it } from 'vitest';
import { INVESTIGATION_FORMAT } from '../../src/core/flow-log/formats.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import {
  BUILT_IN,
  ENI,
  ENTRIES,
  type GivenSample,
  givenSample,
  linesOf,
  SUBNET,
  VPC,
} from '../support/given-sample.ts';
import { inOther, OTHER, twoSites } from '../support/two-sites.ts';
import { withFault } from '../support/with-fault.ts';

const BUCKET = 'flowlog-123456789012-us-east-1';

/** Every line that a report or plan offers can be typed. */
function expectToParse({ now }: GivenSample, lines: readonly { readonly line: string }[]): void {
  for (const { line } of lines)
    expect(() =>
      readRequest(line, { catalog: ENTRIES, now: now(), zone: 'UTC', longestWindowSeconds: 604_800 }),
    ).not.toThrow();
}

describe('the plan', () => {
  it('shows every step with its exact call, its price and the way back, and changes nothing', async () => {
    const given = await givenSample();
    const before = await given.state();
    const { plan } = await given.planned(`setup ${SUBNET}`);
    expect(plan.headline).toBe(`Set up a flow log on ${SUBNET} (private-a) in us-east-1 of 123456789012`);
    expect(plan.steps.map(({ words, undo }) => [words, undo])).toEqual([
      [
        `Create the bucket ${BUCKET} in us-east-1: no public access, no ACLs, encrypted`,
        'an empty bucket can be deleted',
      ],
      [
        `Let AWS deliver flow logs to ${BUCKET}: 2 statements added to its policy, nothing is replaced`,
        'the statements can be taken out again',
      ],
      [`Create a flow log on ${SUBNET}: all traffic, 28 fields, every 60 s`, 'undone by `teardown`'],
      ['Wait for the first file, ten minutes or more', 'nothing is changed'],
    ]);
    expect(plan.steps[2]?.calls).toEqual([
      `ec2:CreateFlowLogs ResourceIds=[${SUBNET}] TrafficType=ALL LogDestinationType=s3 ` +
        `LogDestination=arn:aws:s3:::${BUCKET}/${SUBNET}/ ` +
        'DestinationOptions={FileFormat=parquet,HiveCompatiblePartitions=false,PerHourPartition=true} ' +
        `MaxAggregationInterval=60 LogFormat=${INVESTIGATION_FORMAT.map((field) => `\${${field}}`).join(' ')} ` +
        'Tags={managed-by=flowlog}',
    ]);
    expect(plan.steps[2]?.cost).toMatch(
      /^about \$0\.28 a GB delivered in us-east-1, which is \$0\.08 for a million records/,
    );
    expect(await given.state()).toEqual(before);
  });

  it('says what records it already, all of it or a part, and what stays', async () => {
    const given = await givenSample();
    const lines = linesOf((await given.planned(`setup ${SUBNET}`)).plan);
    expect(lines).toEqual([
      `${BUILT_IN} on ${VPC} records it already (all traffic, to sample-flow-logs): two flow logs are paid for twice.`,
      'The files stay until they are deleted: `expire=90` lets them go after 90 days.',
    ]);
    await given.done(`setup ${ENI}`);
    const [, part] = linesOf((await given.planned(`setup ${SUBNET}`)).plan);
    expect(part).toMatch(new RegExp(`^fl-[0-9a-f]{17} on ${ENI} records a part of it already`));
  });

  it('takes every option, and says when it ends', async () => {
    const given = await givenSample();
    const options =
      'traffic=reject interval=600 format=default files=text hourly=no hive=yes bucket=my-logs prefix=a/b expire=30 for=2h tags=incident=4711';
    const { plan, line } = await given.planned(`setup ${ENI} ${options}`);
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      'create-bucket',
      'merge-bucket-policy',
      'expire-files',
      'create-flow-log',
      'wait-for-first-file',
    ]);
    expect(plan.steps[3]?.input).toEqual({
      account: '123456789012',
      region: 'us-east-1',
      wanted: {
        resourceIds: [ENI],
        trafficType: 'REJECT',
        fields: null,
        shownTags: [],
        destination: {
          kind: 's3',
          bucket: 'my-logs',
          prefix: 'a/b',
          files: { format: 'text', hive: true, hourly: false },
        },
        deliveryRoleArn: null,
        maxIntervalSeconds: 600,
        tags: {
          incident: '4711',
          'managed-by': 'flowlog',
          'flowlog:delete-after': '2026-11-24T11:30:20.000Z',
        },
      },
    });
    expect(plan.steps[1]?.input.statements).toContain(
      'arn:aws:s3:::my-logs/a/b/AWSLogs/aws-account-id=123456789012/*',
    );
    expect(linesOf(plan)).toContain('It deletes itself after 24 Nov 2026 11:30 UTC; its files stay.');
    expect(line).toBe(`setup ${ENI} ${options}`);
  });

  it('to CloudWatch Logs needs a group and a role, and says how it is asked', async () => {
    const given = await givenSample();
    expect((await given.refused(`setup ${VPC} to=cloudwatch`)).problem).toBe(
      '`to=cloudwatch` needs a log group.',
    );
    expect((await given.refused(`setup ${VPC} to=cloudwatch group=/a`)).problem).toContain('needs a role');
    const role = 'arn:aws:iam::123456789012:role/flow-logs';
    const { plan } = await given.planned(`setup ${VPC} to=cloudwatch group=/flowlog/vpc role=${role}`);
    expect(plan.steps.map(({ kind }) => kind)).toEqual(['create-flow-log']);
    expect(plan.steps[0]?.calls[0]).toContain(`LogGroupName=/flowlog/vpc DeliverLogsPermissionArn=${role}`);
    const done = await given.done(`setup ${VPC} to=cloudwatch group=/flowlog/vpc role=${role}`);
    expect(done.next.map(({ line }) => line)).toEqual([
      expect.stringMatching(/^status fl-\w+$/),
      expect.stringMatching(/^rejected in=fl-\w+ last 1h$/),
    ]);
    expect(linesOf(plan).join(' ')).toContain('answered from its events, which are fetched, free, and kept');
  });

  it('is made for the region and account in which the network is', async () => {
    const second = await givenSample();
    const given = await givenSample({ around: (cloud) => twoSites(cloud, second.cloud) });
    const { plan } = await given.planned(`setup ${inOther(SUBNET)}`);
    expect(plan.headline).toContain(`in ${OTHER.region} of ${OTHER.account}`);
    expect(plan.steps[0]?.words).toContain(`flowlog-${OTHER.account}-${OTHER.region} in ${OTHER.region}`);
    await given.done(`setup ${inOther(SUBNET)}`);
    expect((await given.state()).flowLogs).toEqual([]);
    expect((await second.state()).buckets).toHaveProperty(`flowlog-${OTHER.account}-${OTHER.region}`);
  });

  it('says when another flow log delivers to the same folders', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET} prefix=network`);
    const lines = linesOf((await given.planned(`setup ${ENI} prefix=network`)).plan);
    expect(lines.join(' ')).toMatch(
      /fl-[0-9a-f]{17} delivers to the same folders: .*may scan and pay for the files of both/,
    );
  });
});

describe('carrying it out', () => {
  it('makes the bucket, the policy and the flow log, waits for its first file, and offers what comes next', async () => {
    const given = await givenSample();
    const report = await given.done(`setup ${SUBNET}`);
    const { flowLogs, buckets } = await given.state();
    const [flowLog] = flowLogs;
    expect(flowLog).toMatchObject({
      resourceId: SUBNET,
      trafficType: 'ALL',
      tags: { 'managed-by': 'flowlog' },
    });
    expect(buckets[BUCKET]?.policy).toContain('delivery.logs.amazonaws.com');
    const known = await given.book.found(new AbortController().signal);
    expect(known.sources.map(({ name }) => name)).toContain(flowLog?.id);
    expect(report.headline).toMatch(/^Done: Set up a flow log on /);
    const lines = linesOf(report).join('\n').split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[3]).toMatch(
      new RegExp(`^✓ First file after 0 min: ${SUBNET}/AWSLogs/.*_${flowLog?.id}_.*\\.log\\.parquet`),
    );
    expect(report.next.map(({ line }) => line)).toEqual([
      `table ${flowLog?.id}`,
      `status ${flowLog?.id}`,
      `files ${flowLog?.id} last 1h`,
    ]);
    expectToParse(given, report.next);
  });

  it('is not done twice by the same plan, and a second plan does not overwrite the first', async () => {
    const given = await givenSample();
    const { id } = await given.planned(`setup ${SUBNET}`);
    await given.say(`confirm ${id}`);
    const after = await given.state();
    expect(await given.refused(`confirm ${id}`)).toEqual({
      problem: `\`${id}\` was done already.`,
      next: 'Plan again if it is still wanted.',
    });
    expect(await given.state()).toEqual(after);
    const again = await given.planned(`setup ${SUBNET}`);
    expect(again.plan.steps.map(({ kind }) => kind)).toEqual([
      'merge-bucket-policy',
      'create-flow-log',
      'wait-for-first-file',
    ]);
    expect(again.plan.steps[1]?.calls[0]).toContain(`arn:aws:s3:::${BUCKET}/${SUBNET}-2/`);
    expectToParse(given, again.plan.instead);
  });

  it('keeps the statements in the policy of a bucket that is there', async () => {
    const given = await givenSample();
    const signal = new AbortController().signal;
    const [site] = await given.cloud.sites(signal);
    await site?.buckets.create('my-logs', signal);
    const mine = {
      Sid: 'FlowlogDeliveryWrite',
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: 'x',
    };
    await site?.buckets.putPolicy('my-logs', JSON.stringify({ Id: 'mine', Statement: mine }), signal);
    await given.done(`setup ${ENI} bucket=my-logs`);
    const policy = JSON.parse((await site?.buckets.policy('my-logs', signal)) ?? '{}');
    expect(policy.Id).toBe('mine');
    expect(policy.Statement[0]).toEqual(mine);
    expect(policy.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      'FlowlogDeliveryWrite',
      'FlowlogDeliveryWrite2',
      'FlowlogDeliveryCheck',
    ]);
  });

  it('goes on without a file when nothing flows, and says how to look again', async () => {
    const nothing = async function* () {};
    const given = await givenSample({
      around: (cloud) => withFault(cloud, { buckets: () => ({ pages: nothing }) }),
    });
    const report = await given.done(`setup ${SUBNET}`);
    expect(report.headline).toMatch(/^Done/);
    expect(linesOf(report).join('\n')).toMatch(
      /✓ No file after 25 min: (fl-\w+) is active, but nothing may be flowing\. `status \1` looks again/,
    );
  });
});
