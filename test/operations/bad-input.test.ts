import { describe, expect, it } from 'vitest';
import type { Bucket } from '../../src/core/lake/buckets.ts';
import type { Unsuccessful } from '../../src/core/lake/flow-logs.ts';
import { failureWords } from '../../src/render/failure.ts';
import { BUILT_IN, type GivenSample, givenSample, linesOf, SUBNET, VPC } from '../support/given-sample.ts';
import { OTHER, twoSites } from '../support/two-sites.ts';
import { fault, withFault } from '../support/with-fault.ts';

const signal = new AbortController().signal;

/** The sample with a bucket `my-logs` with changed settings. */
async function withBucket(change: Partial<Bucket>, policy?: string): Promise<GivenSample> {
  return givenSample({
    around: (cloud) =>
      withFault(cloud, {
        buckets: (real) => ({
          async find(bucket) {
            const [like] = [await real.find('sample-flow-logs', signal)];
            return like && { ...like, name: bucket, ...change };
          },
          policy: async () => policy,
        }),
      }),
  });
}

/** The sample in which creating is answered with success and an item that was not done. */
function unsuccessful(code: string, message: string): Promise<GivenSample> {
  const create = async (): Promise<{ ids: []; unsuccessful: readonly Unsuccessful[] }> => ({
    ids: [],
    unsuccessful: [{ id: SUBNET, code, message }],
  });
  return givenSample({ around: (cloud) => withFault(cloud, { flowLogs: () => ({ create }) }) });
}

/** The words of a call that fails. */
async function failing(given: GivenSample, line: string): Promise<string> {
  const error = await given.say(line).catch((caught: unknown) => caught);
  return failureWords(error, 'ref').problem;
}

describe('what a flow log is wanted on', () => {
  it('is not there', async () => {
    const given = await givenSample();
    expect(await given.refused('setup vpc-0a1b2c3d4e5f60718')).toEqual({
      problem: 'There is no `vpc-0a1b2c3d4e5f60718` in us-east-1 of 123456789012.',
      next: 'Check the id; if it is in another region or account, add that to `aws-regions` or `accounts` in flowlog.yml.',
    });
  });

  it('is a transit gateway', async () => {
    const given = await givenSample();
    expect(await given.refused('setup tgw-0a1b2c3d4e5f60718')).toEqual({
      problem: '`tgw-0a1b2c3d4e5f60718` is a transit gateway, whose records flowlog does not read.',
      next: 'Set up the VPCs that are attached to it: `setup vpc-…`.',
    });
  });

  it('is no resource at all', async () => {
    const given = await givenSample();
    expect(await given.refused('setup web-1')).toEqual({
      problem:
        '`web-1` is not the id of a VPC, subnet, network interface or transit gateway: type `setup <id>`.',
      next: 'help setup',
    });
    expect((await given.refused('setup vpc-12')).problem).toContain('8 or 17 hexadecimal digits after vpc-');
  });

  it('may not be recorded by us', async () => {
    const mayCreate = async () => {
      throw fault('denied', 'ec2:CreateFlowLogs', 'You are not authorized to perform this operation.');
    };
    const given = await givenSample({
      around: (cloud) => withFault(cloud, { flowLogs: () => ({ mayCreate }) }),
    });
    expect(await failing(given, `setup ${VPC}`)).toBe(
      '`ec2:CreateFlowLogs` failed with UnauthorizedOperation: You are not authorized to perform this operation. ' +
        'Give the role of flowlog that permission: the policies are in deploy/iam.',
    );
  });
});

describe('the bucket', () => {
  it('belongs to another account', async () => {
    const given = await withBucket({ ours: false });
    expect(await given.refused(`setup ${VPC} bucket=my-logs`)).toEqual({
      problem: 'The bucket `my-logs` belongs to another account.',
      next: 'Give another name with `bucket=`.',
    });
  });

  it('has the name of a bucket of another account', async () => {
    const find = async () => {
      throw fault('taken', 's3:HeadBucket', 'Forbidden');
    };
    const given = await givenSample({ around: (cloud) => withFault(cloud, { buckets: () => ({ find }) }) });
    expect(await failing(given, `setup ${VPC} bucket=logs`)).toBe(
      '`s3:HeadBucket` failed with BucketAlreadyExists: Forbidden. Choose another name with `bucket=`.',
    );
  });

  it('is in another region', async () => {
    const given = await withBucket({ region: 'eu-central-1' });
    expect((await given.refused(`setup ${VPC} bucket=my-logs`)).problem).toBe(
      'The bucket `my-logs` is in eu-central-1, the network in us-east-1.',
    );
  });

  it('names its KMS key by id', async () => {
    const given = await withBucket({ encryption: { kind: 'kms', key: '1234abcd-12ab' } });
    expect(await given.refused(`setup ${VPC} bucket=my-logs`)).toEqual({
      problem:
        'The bucket `my-logs` names its KMS key by id, `1234abcd-12ab`; AWS calls such a bucket undeliverable.',
      next: 'Name the key by its ARN in the default encryption of the bucket, and let delivery.logs.amazonaws.com use it.',
    });
  });

  it('encrypts with a key that AWS manages', async () => {
    const given = await withBucket({ encryption: { kind: 'aws-kms' } });
    expect((await given.refused(`setup ${VPC} bucket=my-logs`)).problem).toBe(
      'The bucket `my-logs` encrypts with the key that AWS manages, which delivery cannot use.',
    );
  });

  it('encrypts with a key by ARN: the plan shows what its policy must say', async () => {
    const key = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd';
    const given = await withBucket({ encryption: { kind: 'kms', key } });
    expect(linesOf((await given.planned(`setup ${VPC} bucket=my-logs`)).plan).join(' ')).toContain(
      `The bucket encrypts with ${key}: the policy of that key must let delivery.logs.amazonaws.com use it`,
    );
  });

  it('has a policy that would grow over what S3 takes', async () => {
    const long = Array.from({ length: 100 }, (_, index) => ({
      Sid: `S${index}`,
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::123456789012:role/${'r'.repeat(100)}` },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::my-logs/*',
    }));
    const given = await withBucket({}, JSON.stringify({ Version: '2012-10-17', Statement: long }));
    const refusal = await given.refused(`setup ${VPC} bucket=my-logs`);
    expect(refusal.problem).toMatch(
      /^The policy of the bucket would have 2\d,\d{3} bytes; S3 takes 20,480\.$/,
    );
    expect(refusal.next).toContain('one statement take deliveries to the whole bucket');
  });

  it('has a policy that cannot be read', async () => {
    const given = await withBucket({}, 'no JSON');
    expect((await given.refused(`setup ${VPC} bucket=my-logs`)).problem).toBe(
      'The policy of the bucket cannot be read, so nothing can be added to it.',
    );
  });

  it('has a policy that forbids: shown, not refused', async () => {
    const deny = { Sid: 'OnlyTls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
    const harmless = { Effect: 'Deny', Principal: { AWS: '123456789012' }, Action: 's3:*', Resource: '*' };
    const given = await withBucket({ expiryDays: 30 }, JSON.stringify({ Statement: [deny, harmless] }));
    const { plan } = await given.planned(`setup ${VPC} bucket=my-logs`);
    expect(plan.sections.find(({ title }) => title?.includes('forbids'))).toEqual({
      title: 'The policy of my-logs also forbids, which may keep files out',
      code: JSON.stringify(deny),
    });
    expect(linesOf(plan)).toContain('A rule of the bucket lets files go after 30 days.');
  });
});

describe('AWS says no to creating, in an answer that says success', () => {
  it.each([
    [
      'FlowLogAlreadyExists',
      'There is an existing Flow Log with the same configuration',
      '`status` shows which',
    ],
    ['FlowLogsLimitExceeded', 'You have reached the limit', 'ask AWS for a higher quota'],
    [
      '400',
      'Access Denied for LogDestination: my-logs. Please check LogDestination permission',
      'look at its policy',
    ],
    ['400', 'LogDestination: my-logs does not exist', 'the name of the bucket'],
    ['400', 'LogDestination my-logs is undeliverable', 'a key named by its ARN'],
    ['400', 'Something else.', 'put that right and go on'],
  ])('%s %s', async (code, message, next) => {
    const given = await unsuccessful(code, message);
    const report = await given.done(`setup ${SUBNET}`);
    expect(report.headline).toContain(
      `Stopped at step 3 of 4: AWS did not do it for \`${SUBNET}\`: ${message.replace(/\.$/, '')} (${code}).`,
    );
    expect(report.headline).toContain(next);
    expect(report.next[0]).toMatchObject({ label: 'Go on', line: expect.stringMatching(/^confirm op-/) });
  });

  it('and nothing else', async () => {
    const create = async () => ({ ids: [], unsuccessful: [] });
    const given = await givenSample({
      around: (cloud) => withFault(cloud, { flowLogs: () => ({ create }) }),
    });
    expect((await given.done(`setup ${SUBNET}`)).headline).toContain('AWS named no flow log and no reason');
  });

  it('for one that is there already under the same prefix, for real', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET} prefix=network`);
    const report = await given.done(`setup ${SUBNET} prefix=network`);
    expect(report.headline).toContain('FlowLogAlreadyExists');
    expect((await given.state()).flowLogs).toHaveLength(1);
  });

  it('because a quota is used up, as an error', async () => {
    const create = async () => {
      throw fault('limit', 'ec2:CreateFlowLogs', 'The limit is 250.');
    };
    const given = await givenSample({
      around: (cloud) => withFault(cloud, { flowLogs: () => ({ create }) }),
    });
    expect((await given.done(`setup ${SUBNET}`)).headline).toBe(
      'Stopped at step 3 of 4: `ec2:CreateFlowLogs` failed with FlowLogsLimitExceeded: The limit is 250. ' +
        'Delete what is not needed, or ask AWS for a higher quota.',
    );
  });

  it('and cannot deliver afterwards', async () => {
    const given = await givenSample({
      around: (cloud) =>
        withFault(cloud, {
          flowLogs: (real) => ({
            async describe(filter, given_) {
              const found = await real.describe(filter, given_);
              return found.map((each) => ({
                ...each,
                delivery: { status: 'failing', error: 'Access error' },
              }));
            },
          }),
        }),
    });
    const { headline } = await given.done(`setup ${SUBNET}`);
    expect(headline).toMatch(
      /^Stopped at step 4 of 4: AWS cannot deliver the files of `fl-\w+`: Access error\. Look at the policy/,
    );
  });
});

describe('a flow log that is named', () => {
  it('is not there, and the nearest is offered', async () => {
    const given = await givenSample();
    expect(await given.refused('table fl-0f10f10f10f100002')).toEqual({
      problem: 'There is no flow log `fl-0f10f10f10f100002` here.',
      next: `table ${BUILT_IN}`,
    });
  });

  it('may be somewhere that did not answer', async () => {
    const describe = async () => {
      throw fault('expired', 'ec2:DescribeFlowLogs', 'The token has expired');
    };
    const none = { describe: async () => [] };
    const given = await givenSample({
      around: (cloud) =>
        withFault(twoSites(cloud, cloud), {
          flowLogs: (_, { region }) => (region === OTHER.region ? { describe } : none),
        }),
    });
    const problems =
      'eu-central-1 of 210987654321 did not answer ec2:DescribeFlowLogs: The token has expired';
    expect((await given.refused('table')).problem).toBe(`No flow log was found, but ${problems}.`);
    expect((await given.refused(`files ${BUILT_IN}`)).problem).toBe(
      `The flow log \`${BUILT_IN}\` was not found, but ${problems}.`,
    );
    const status = await given.say('status');
    expect(status.headline).toBe('No flow logs were found, but not every region answered');
    expect(linesOf(status)).toContain(problems);
  });

  it('is one of several and was not said', async () => {
    const given = await givenSample();
    await given.done(`setup ${SUBNET}`);
    expect(await given.refused('table')).toEqual({
      problem: 'There are 2 flow logs: say which.',
      next: `table ${BUILT_IN}`,
    });
  });
});
