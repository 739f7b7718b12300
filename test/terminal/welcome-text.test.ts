import { expect, it } from 'vitest';
import type { AwsAccount } from '../../src/aws/cloud/account-sites.ts';
import { createSourceBook } from '../../src/core/lake/source-book.ts';
import { originLines } from '../../src/terminal/welcome-text.ts';
import { awsCloud, REGION, withCredentials } from '../aws/given-aws.ts';
import { ec2, ec2Fault, script, sts } from '../fakes/aws/answers.ts';
import { type AwsAnswer, startFakeAws } from '../fakes/aws/fake-aws.ts';

const HERE = { role: undefined, regions: [REGION] };
const ROLE = { role: { arn: 'arn:aws:iam::222222222222:role/flowlog' }, regions: ['us-east-1'] };

/** What is said at the start over the real cloud of AWS, at an AWS that answers so. */
async function said(
  answers: Readonly<Record<string, readonly AwsAnswer[]>>,
  accounts: readonly AwsAccount[] = [HERE],
): Promise<readonly string[]> {
  withCredentials();
  const aws = await startFakeAws(script(answers));
  const cloud = awsCloud(aws.endpoint, { accounts });
  const book = createSourceBook({ cloud, configured: [], now: () => new Date('2026-11-22T11:00:00Z') });
  return originLines({ kind: 'aws', region: REGION, cloud, book });
}

function flowLog(id: string, resourceId = 'vpc-0a1b2c3d') {
  return {
    flowLogId: id,
    resourceId,
    trafficType: 'ALL',
    logDestinationType: 's3',
    logDestination: 'arn:aws:s3:::logs',
    creationTime: '2026-03-01T00:00:00.000Z',
  };
}

const VPCS = ec2({ vpcSet: [{ vpcId: 'vpc-0a1b2c3d' }] });

it('the welcome text names account, region and the flow logs that were found', async () => {
  const DescribeFlowLogs = [ec2({ flowLogSet: [flowLog('fl-1'), flowLog('fl-2', 'tgw-0a1b2c3d')] })];
  expect(await said({ DescribeFlowLogs, DescribeVpcs: [VPCS] })).toEqual([
    `flowlog answers from AWS: account 111111111111 in ${REGION}, with Athena in ${REGION}.`,
    'Flow logs found: fl-1 on vpc-0a1b2c3d.',
    'fl-2 records tgw-0a1b2c3d, a gateway, whose flow logs flowlog does not read.',
  ]);
});

it('the welcome text counts flow logs that do not fit into a line', async () => {
  const flowLogSet = Array.from({ length: 13 }, (_, index) => flowLog(`fl-${index}`));
  const lines = await said({ DescribeFlowLogs: [ec2({ flowLogSet })], DescribeVpcs: [VPCS] });
  expect(lines[1]).toMatch(/fl-9 on vpc-0a1b2c3d and 3 more, which `sources` lists\.$/);
});

it('the welcome text says that there are no flow logs, and how to create one', async () => {
  expect(await said({ DescribeFlowLogs: [ec2({ flowLogSet: [] })] })).toEqual([
    `flowlog answers from AWS: account 111111111111 in ${REGION}, with Athena in ${REGION}.`,
    'There are no flow logs to answer from; `setup vpc-…` creates one.',
  ]);
});

it('the welcome text names the permission that is missing to look for flow logs', async () => {
  const DescribeFlowLogs = [ec2Fault('UnauthorizedOperation', 'You are not authorized.', 403)];
  expect(await said({ DescribeFlowLogs })).toEqual([
    `flowlog answers from AWS: account 111111111111 in ${REGION}, with Athena in ${REGION}.`,
    'Flow logs could not be looked for: `ec2:DescribeFlowLogs` failed with UnauthorizedOperation: You are not ' +
      'authorized. Give the role of flowlog that permission: the policies are in deploy/iam.',
  ]);
});

it('the welcome text names an account that did not answer, with the flow logs of the others', async () => {
  const lines = await said(
    {
      DescribeFlowLogs: [ec2({ flowLogSet: [flowLog('fl-1')] })],
      DescribeVpcs: [VPCS],
      AssumeRole: [ec2Fault('AccessDenied', 'not authorized to perform: sts:AssumeRole', 403)],
    },
    [HERE, ROLE],
  );
  expect(lines).toEqual([
    `flowlog answers from AWS: account 111111111111 in ${REGION}; account 222222222222 in us-east-1, with Athena in ${REGION}.`,
    'Flow logs found: fl-1 on vpc-0a1b2c3d.',
    'us-east-1 of 222222222222 did not answer sts:AssumeRole: not authorized to perform: sts:AssumeRole.',
    'What is there is not known. The policies that flowlog needs are in deploy/iam.',
  ]);
});

it('the welcome text says why there is no account at all', async () => {
  const GetCallerIdentity = [
    ec2Fault('ExpiredToken', 'The security token included in the request is expired', 403),
  ];
  const lines = await said({ GetCallerIdentity });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(
    /^flowlog is to answer from AWS, with Athena in eu-central-1, but cannot yet: `sts:GetCallerIdentity` failed with ExpiredToken: .*aws sso login/,
  );
});

it('the welcome text names a folder, or the sample network where that is in use', async () => {
  expect(await originLines({ kind: 'folder', folder: './lake' })).toEqual(['flowlog answers from ./lake.']);
  expect(await originLines({ kind: 'sample' })).toEqual(['flowlog answers from the sample network.']);
});

it('the welcome text takes the account from AWS only', async () => {
  const GetCallerIdentity = [sts('GetCallerIdentity', { Account: '333333333333', Arn: 'arn' })];
  const [first] = await said({ GetCallerIdentity, DescribeFlowLogs: [ec2({ flowLogSet: [] })] });
  expect(first).toContain('account 333333333333 in');
});
