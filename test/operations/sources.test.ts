import { expect, it } from 'vitest';
import { BUILT_IN, givenSample, linesOf, SUBNET, VPC } from '../support/given-sample.ts';
import { inOther, twoSites } from '../support/two-sites.ts';
import { fault, withFault } from '../support/with-fault.ts';

it('`sources` lists every flow log with what it records, how and where to', async () => {
  const given = await givenSample();
  await given.done(`setup ${SUBNET} traffic=accept hive=yes`);
  const id = (await given.state()).flowLogs[0]?.id;
  const report = await given.say('sources');
  expect(report.headline).toBe('2 flow logs can be asked');
  expect(report.sections[0]?.table?.rows).toEqual([
    [
      BUILT_IN,
      '123456789012',
      'us-east-1',
      `${VPC} sample`,
      'ALL',
      'text, by the day',
      '29',
      'sample-flow-logs',
    ],
    [
      ...[
        id,
        '123456789012',
        'us-east-1',
        `${SUBNET} private-a`,
        'ACCEPT',
        'parquet, by the hour, Hive',
        '28',
      ],
      `flowlog-123456789012-us-east-1/${SUBNET}`,
    ],
  ]);
  expect(linesOf(report)).toEqual([expect.stringMatching(/^Looked up 24 Nov 2026 09:30:\d\d UTC\.$/)]);
  expect(report.next.map(({ line }) => line)).toEqual(['status']);
});

it('`sources` lists those of every region, in buckets and in log groups, and says who did not answer', async () => {
  const second = await givenSample();
  const role = 'arn:aws:iam::123456789012:role/flow-logs';
  const given = await givenSample({ around: (cloud) => twoSites(cloud, second.cloud) });
  await given.done(`setup ${SUBNET} to=cloudwatch group=/logs role=${role}`);
  const found = await given.say('sources');
  const rows = found.sections[0]?.table?.rows ?? [];
  expect(rows.map(([name]) => name)).toEqual([BUILT_IN, inOther(BUILT_IN), expect.stringMatching(/^fl-/)]);
  expect(rows[2]?.slice(5)).toEqual(['events', '28', 'log group /logs']);

  const lost = await givenSample({
    around: (cloud) =>
      withFault(twoSites(cloud, second.cloud), {
        flowLogs: (real, { region }) => ({
          async describe(filter, signal) {
            if (region === 'eu-central-1') throw fault('denied', 'ec2:DescribeFlowLogs', 'not you');
            return real.describe(filter, signal);
          },
        }),
      }),
  });
  const report = await lost.say('sources');
  expect(report.headline).toBe('1 flow log can be asked');
  expect(linesOf(report)).toContain(
    'eu-central-1 of 210987654321 did not answer ec2:DescribeFlowLogs: not you',
  );
});

it('`sources` says how to set one up where there are none', async () => {
  const describe = async () => [];
  const given = await givenSample({
    around: (cloud) => withFault(cloud, { flowLogs: () => ({ describe }) }),
  });
  const report = await given.say('sources');
  expect(report.headline).toBe('0 flow logs can be asked');
  expect(report.next.map(({ line }) => line)).toEqual(['help setup']);
});
