import { expect, it } from 'vitest';
import { ec2, ec2Fault, script, sts } from '../../fakes/aws/answers.ts';
import { startFakeAws } from '../../fakes/aws/fake-aws.ts';
import { awsCloud, REGION, signal, withCredentials } from '../given-aws.ts';

const ROLE = { arn: 'arn:aws:iam::222222222222:role/flowlog', externalId: 'unguessable' };

it('every enabled region of an account is found, the home region first, by one request', async () => {
  withCredentials();
  const regions = ['us-east-1', REGION, 'ap-northeast-1'].map((regionName) => ({ regionName }));
  const aws = await startFakeAws(script({ DescribeRegions: [ec2({ regionInfo: regions })] }));
  const cloud = awsCloud(aws.endpoint, { accounts: [{ role: undefined, regions: undefined }] });
  const sites = await cloud.sites(signal);
  expect(sites.map(({ account, region }) => [account, region])).toEqual([
    ['111111111111', REGION],
    ['111111111111', 'ap-northeast-1'],
    ['111111111111', 'us-east-1'],
  ]);
  expect(await cloud.sites(signal)).toBe(sites);
  expect(aws.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity', 'DescribeRegions']);
});

it('another account is reached through its role, under a session name that CloudTrail shows', async () => {
  withCredentials();
  const credentials = {
    AccessKeyId: 'ASIAOFTHEROLE',
    SecretAccessKey: 'secret',
    SessionToken: 'token',
    Expiration: '2099-01-01T00:00:00Z',
  };
  const aws = await startFakeAws(
    script({
      AssumeRole: [sts('AssumeRole', { Credentials: credentials })],
      DescribeFlowLogs: [ec2({ flowLogSet: [] })],
    }),
  );
  const cloud = awsCloud(aws.endpoint, {
    accounts: [{ role: ROLE, regions: ['eu-west-1', 'eu-west-2'] }],
    sessionName: 'flowlog-Ü1 (on call)',
  });
  const sites = await cloud.sites(signal);
  expect(sites.map(({ account, region }) => [account, region])).toEqual([
    ['222222222222', 'eu-west-1'],
    ['222222222222', 'eu-west-2'],
  ]);
  await sites[1]?.flowLogs.describe({}, signal);
  expect(aws.calls[0]?.params).toMatchObject({
    Action: 'AssumeRole',
    RoleArn: ROLE.arn,
    ExternalId: 'unguessable',
    RoleSessionName: 'flowlog--1--on-call-',
  });
  const asRole = aws.calls.filter(({ headers }) => headers.authorization?.includes('ASIAOFTHEROLE'));
  expect(asRole.map(({ action }) => action)).toEqual(['DescribeFlowLogs']);
});

it('a role that cannot be assumed is reported as such, and not as a failure of the call that needed it', async () => {
  withCredentials();
  const aws = await startFakeAws(
    script({ AssumeRole: [ec2Fault('AccessDenied', 'not authorized to perform: sts:AssumeRole', 403)] }),
  );
  const cloud = awsCloud(aws.endpoint, { accounts: [{ role: ROLE, regions: [REGION] }] });
  const [site] = await cloud.sites(signal);
  await expect(site?.flowLogs.describe({}, signal)).rejects.toMatchObject({
    code: 'denied',
    call: 'sts:AssumeRole',
    fault: 'AccessDenied',
  });
});

it('an account whose role cannot be assumed is listed, so that the fault is reported and the others still answer', async () => {
  withCredentials();
  const aws = await startFakeAws(
    script({ AssumeRole: [ec2Fault('AccessDenied', 'not authorized to perform: sts:AssumeRole', 403)] }),
  );
  const accounts = [
    { role: undefined, regions: [REGION] },
    { role: ROLE, regions: undefined },
  ];
  const sites = await awsCloud(aws.endpoint, { accounts }).sites(signal);
  expect(sites.map(({ account, region }) => [account, region])).toEqual([
    ['111111111111', REGION],
    ['222222222222', REGION],
  ]);
});

it('the home site says where tables are', async () => {
  withCredentials();
  const aws = await startFakeAws(script({}));
  expect(await awsCloud(aws.endpoint).tables.home(signal)).toEqual({
    account: '111111111111',
    region: REGION,
  });
});
