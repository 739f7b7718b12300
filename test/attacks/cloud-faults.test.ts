import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CloudError } from '../../src/core/lake/cloud.ts';
import { awsCloud, givenAws, signal, withCredentials } from '../aws/given-aws.ts';
import { ec2, ec2Fault, script } from '../fakes/aws/answers.ts';
import { type AwsAnswer, startFakeAws } from '../fakes/aws/fake-aws.ts';

const NONE = ec2({ flowLogSet: [] });

/** What came of describing flow logs when AWS answers so. */
async function described(...answers: readonly AwsAnswer[]) {
  const { aws, site } = await givenAws(script({ DescribeFlowLogs: answers }));
  const outcome = await site.flowLogs.describe({}, signal).catch((error: unknown) => error);
  return { outcome, calls: aws.calls.filter(({ action }) => action === 'DescribeFlowLogs').length };
}

describe('a fault of AWS', () => {
  it.each([
    ['FlowLogAlreadyExists', 'already-exists'],
    ['FlowLogsLimitExceeded', 'limit'],
    ['InvalidFlowLogId.NotFound', 'not-found'],
    ['InvalidVpcID.NotFound', 'not-found'],
    ['LogDestinationPermissionIssueException', 'denied'],
    ['UnauthorizedOperation', 'denied'],
    ['AuthFailure', 'denied'],
    ['AccessDeniedException', 'denied'],
    ['InvalidParameterValue', 'refused'],
    ['IdempotentParameterMismatch', 'refused'],
    ['SomethingNew', 'refused'],
  ])('called %s means %s, and is not asked for again', async (fault, code) => {
    const { outcome, calls } = await described(ec2Fault(fault, 'what AWS says'));
    expect(outcome).toBeInstanceOf(CloudError);
    expect(outcome).toMatchObject({
      code,
      fault,
      call: 'ec2:DescribeFlowLogs',
      message: 'what AWS says',
    });
    expect(calls).toBe(1);
  });

  it.each(['RequestExpired', 'ExpiredTokenException', 'ExpiredToken'])(
    'called %s is answered with new credentials once, and then means that they are over',
    async (fault) => {
      const expired = ec2Fault(fault, 'what AWS says');
      expect(await described(expired, NONE)).toEqual({ outcome: [], calls: 2 });
      const { outcome, calls } = await described(expired);
      expect(outcome).toMatchObject({ code: 'expired', fault, call: 'ec2:DescribeFlowLogs' });
      expect(calls).toBe(2);
    },
  );

  it('that passes is waited out: throttling, and a burst of failures', async () => {
    const throttled = ec2Fault('RequestLimitExceeded', 'Request limit exceeded.', 503);
    expect(await described(throttled, NONE)).toEqual({ outcome: [], calls: 2 });
    const broken = ec2Fault('InternalError', 'An internal error has occurred', 500);
    expect(await described(broken, broken, broken, broken, NONE)).toEqual({ outcome: [], calls: 5 });
  });

  it('that stays is reported at last', async () => {
    const { outcome, calls } = await described(
      ec2Fault('InternalError', 'An internal error has occurred', 500),
    );
    expect(outcome).toMatchObject({ code: 'broken', fault: 'InternalError' });
    expect(calls).toBe(8);
  });
});

it('expired credentials are reported as such', async () => {
  withCredentials();
  const expired = script({ GetCallerIdentity: [ec2Fault('ExpiredToken', 'too old', 403)] });
  const { endpoint } = await startFakeAws(expired);
  await expect(awsCloud(endpoint).sites(signal)).rejects.toMatchObject({
    code: 'expired',
    fault: 'ExpiredToken',
    call: 'sts:GetCallerIdentity',
  });
});

it('missing credentials are reported as such', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE'])
    vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { endpoint } = await startFakeAws(script({}));
  await expect(awsCloud(endpoint).sites(signal)).rejects.toMatchObject({
    code: 'expired',
    fault: 'CredentialsProviderError',
  });
});

it('a call reports that AWS cannot be reached', async () => {
  withCredentials();
  const nowhere = awsCloud('http://127.0.0.1:9');
  await expect(nowhere.sites(signal)).rejects.toMatchObject({
    code: 'broken',
    fault: 'ECONNREFUSED',
    call: 'sts:GetCallerIdentity',
  });
});

it('a call that is aborted ends while the SDK waits to retry', async () => {
  const stop = new AbortController();
  const answer = script({
    DescribeFlowLogs: [ec2Fault('RequestLimitExceeded', 'Request limit exceeded.', 503)],
  });
  const { site } = await givenAws((call) => {
    // When the answer has come back, and a pause of some seconds has begun.
    if (call.action === 'DescribeFlowLogs') setTimeout(() => stop.abort(), 50);
    return answer(call);
  });
  await expect(site.flowLogs.describe({}, stop.signal)).rejects.toThrow('aborted');
});

it('a call ends when the signal is aborted, before it and during it', async () => {
  const stop = new AbortController();
  const answer = script({});
  const { aws, site } = await givenAws((call) => {
    if (call.action !== 'DescribeFlowLogs') return answer(call);
    stop.abort();
    return new Promise<AwsAnswer>(() => {});
  });
  await expect(site.flowLogs.describe({}, stop.signal)).rejects.toThrow('aborted');
  const before = aws.calls.length;
  await expect(site.flowLogs.describe({}, stop.signal)).rejects.toThrow('aborted');
  expect(aws.calls).toHaveLength(before);
});
