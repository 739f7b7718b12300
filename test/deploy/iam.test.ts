import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { codeOf, importsOf, type SourceFile, type SourceNode, sourceFiles } from '../support/source-files.ts';

const FILES = sourceFiles().filter(({ path }) => path.startsWith('aws/'));
const SERVICES = ['cloudwatch-logs', 'athena', 'ec2', 'glue', 's3', 'sts'] as const;
type Service = (typeof SERVICES)[number];

/** Calls that IAM names otherwise. @see https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const IAM_NAMES: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    ['DescribeQueries', 'FilterLogEvents', 'GetQueryResults', 'StartQuery', 'StopQuery'].map((name) => [
      `cloudwatch-logs:${name}`,
      [`logs:${name}`],
    ]),
  ),
  's3:HeadBucket': ['s3:ListBucket'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:ListObjectVersions': ['s3:ListBucketVersions'],
  's3:GetBucketEncryption': ['s3:GetEncryptionConfiguration'],
  's3:PutBucketEncryption': ['s3:PutEncryptionConfiguration'],
  's3:GetBucketLifecycleConfiguration': ['s3:GetLifecycleConfiguration'],
  's3:PutBucketLifecycleConfiguration': ['s3:PutLifecycleConfiguration'],
  's3:GetPublicAccessBlock': ['s3:GetBucketPublicAccessBlock'],
  's3:PutPublicAccessBlock': ['s3:PutBucketPublicAccessBlock'],
  's3:GetObjectLockConfiguration': ['s3:GetBucketObjectLockConfiguration'],
  's3:DeleteObjects': ['s3:DeleteObject', 's3:DeleteObjectVersion'],
};

/** What no call of ours is named, but what AWS asks for while it does what we called, and why. */
const INDIRECT: Readonly<Record<string, string>> = {
  'ec2:CreateTags': 'tags in ec2:CreateFlowLogs',
  'logs:CreateLogDelivery': 'ec2:CreateFlowLogs',
  'logs:DeleteLogDelivery': 'ec2:DeleteFlowLogs',
  's3:PutBucketOwnershipControls': 'a bucket without ACLs in s3:CreateBucket',
  's3:PutObject': 'Athena writes results, and AWS its integration template, with our rights',
  's3:GetBucketLocation': 'Athena looks where results and tables are',
  's3:AbortMultipartUpload': 'Athena writes long results in parts',
  's3:ListMultipartUploadParts': 'Athena writes long results in parts',
  's3:ListBucketMultipartUploads': 'Athena writes long results in parts',
  'glue:GetPartition': 'Athena reads tables',
  'glue:BatchGetPartition': 'Athena reads tables',
  'glue:BatchCreatePartition': 'ALTER TABLE ADD PARTITION',
  'glue:CreateDatabase': 'CREATE DATABASE',
  'glue:CreateTable': 'CREATE EXTERNAL TABLE',
  'glue:DeleteTable': 'DROP TABLE',
  'iam:PassRole': 'the role that delivers to CloudWatch Logs, in ec2:CreateFlowLogs',
  'sts:AssumeRole': 'fromTemporaryCredentials, for other accounts',
};

/** A variable of IAM: the account of whoever acts. */
const OWN_ACCOUNT = '$'.concat('{aws:PrincipalAccount}');

/** Actions that AWS gives for everything or nothing. */
const WITHOUT_RESOURCE =
  /^(logs:DescribeQueries|logs:GetQueryResults|logs:StopQuery|ec2:Describe\w+|ec2:GetFlowLogsIntegrationTemplate|sts:GetCallerIdentity|logs:\w+LogDelivery)$/;

const statement = z.object({
  Sid: z.string(),
  Effect: z.literal('Allow'),
  Action: z.union([z.string(), z.array(z.string())]).transform((action) => [action].flat()),
  Resource: z.union([z.string(), z.array(z.string())]).transform((resource) => [resource].flat()),
  Condition: z.record(z.string(), z.record(z.string(), z.string())).optional(),
});
const policy = z.object({ Version: z.literal('2012-10-17'), Statement: z.array(statement) });

const read = (name: string) =>
  policy.parse(JSON.parse(readFileSync(`deploy/iam/${name}.json`, 'utf8'))).Statement;
const POLICIES = { ask: read('ask'), operate: read('operate') };
const granted = (statements: typeof POLICIES.ask) => statements.flatMap(({ Action }) => Action);

/** Every operation that a client of the SDK has, with the services that have it: `GetQueryResults` is of two. */
async function operationsOf(): Promise<ReadonlyMap<string, readonly Service[]>> {
  const operations = new Map<string, readonly Service[]>();
  for (const service of SERVICES) {
    const client: object = await import(`@aws-sdk/client-${service}`);
    for (const name of Object.keys(client))
      if (name.endsWith('Command') && name !== '$Command') {
        const operation = name.slice(0, -'Command'.length);
        operations.set(operation, [...(operations.get(operation) ?? []), service]);
      }
  }
  return operations;
}

/** The names of what a file calls: methods, and commands that are sent. */
function calledIn(file: SourceFile): readonly string[] {
  return file.nodes.flatMap((node) => {
    if (node.type === 'NewExpression')
      return [codeOf(file, node.callee as SourceNode).replace(/Command$/, '')];
    if (node.type !== 'CallExpression') return [];
    const callee = node.callee as SourceNode;
    if (callee.type !== 'MemberExpression') return [];
    const method = codeOf(file, callee.property as SourceNode);
    return [`${method.charAt(0).toUpperCase()}${method.slice(1)}`];
  });
}

async function actionsInCode(): Promise<ReadonlySet<string>> {
  const operations = await operationsOf();
  const calls = FILES.flatMap((file) => {
    const clients = importsOf(file);
    return calledIn(file).flatMap((name) => {
      const services = operations.get(name) ?? [];
      // Of an operation that several have, a file means that of the client that it knows; of two of those, the later one.
      const own = services.filter((service) => clients.includes(`@aws-sdk/client-${service}`));
      const service = own.at(-1) ?? services.at(-1);
      return service === undefined ? [] : [`${service}:${name}`];
    });
  });
  return new Set(calls.flatMap((call) => IAM_NAMES[call] ?? [call]));
}

describe('the policies of the two roles', () => {
  it('grant every call of the code, what AWS asks for behind it, and no more', async () => {
    const needed = new Set([...(await actionsInCode()), ...Object.keys(INDIRECT)]);
    expect([...needed].length).toBeGreaterThan(30);
    const given = new Set([...granted(POLICIES.ask), ...granted(POLICIES.operate)]);
    expect([...given].toSorted()).toEqual([...needed].toSorted());
  });

  it('give the role that only asks no permission to change what is set up', () => {
    const changing = granted(POLICIES.ask).filter(
      (action) => !/:(Describe|FilterLog|Get|List|BatchGet|StartQuery|StopQuery|AssumeRole)/.test(action),
    );
    expect(changing.toSorted()).toEqual([
      'glue:BatchCreatePartition',
      's3:AbortMultipartUpload',
      's3:PutObject',
    ]);
  });

  it('name resources wherever AWS lets them', () => {
    const everywhere = Object.values(POLICIES)
      .flat()
      .filter(({ Resource }) => Resource.includes('*'))
      .flatMap(({ Action }) => Action);
    expect(everywhere.filter((action) => !WITHOUT_RESOURCE.test(action))).toEqual([]);
  });

  it('delete no flow log that does not carry the tag', () => {
    const [deleting, ...others] = POLICIES.operate.filter(({ Action }) =>
      Action.includes('ec2:DeleteFlowLogs'),
    );
    expect(others).toEqual([]);
    expect(deleting?.Condition).toEqual({ StringEquals: { 'aws:ResourceTag/managed-by': 'flowlog' } });
  });

  it('create and tag no flow log but with the tag', () => {
    const tagging = POLICIES.operate.filter(({ Resource }) =>
      Resource.some((each) => each.includes(':vpc-flow-log/')),
    );
    const creating = tagging.filter(({ Action }) => !Action.includes('ec2:DeleteFlowLogs'));
    expect(creating.flatMap(({ Action }) => Action)).toEqual(['ec2:CreateFlowLogs', 'ec2:CreateTags']);
    for (const { Condition } of creating)
      expect(Condition?.StringEquals?.['aws:RequestTag/managed-by']).toBe('flowlog');
  });

  it('reach buckets of the own account only, except for creating one, since any account could own the name', () => {
    const inS3 = Object.values(POLICIES)
      .flat()
      .filter(({ Action }) => Action.some((action) => action.startsWith('s3:')));
    expect(inS3.length).toBeGreaterThan(5);
    for (const { Action, Condition } of inS3)
      if (!Action.includes('s3:CreateBucket'))
        expect(Condition?.StringEquals?.['aws:ResourceAccount']).toBe(OWN_ACCOUNT);
  });

  it('name the roles that may be taken on or passed on', () => {
    const roles = Object.values(POLICIES)
      .flat()
      .filter(({ Action }) => Action.some((action) => /^(sts:AssumeRole|iam:PassRole)$/.test(action)));
    expect(roles.flatMap(({ Resource }) => Resource).toSorted()).toEqual([
      'arn:aws:iam::*:role/flowlog-delivery',
      'arn:aws:iam::222222222222:role/flowlog-reader',
    ]);
    const passing = roles.find(({ Action }) => Action.includes('iam:PassRole'));
    expect(passing?.Condition).toEqual({
      StringEquals: { 'iam:PassedToService': 'vpc-flow-logs.amazonaws.com' },
    });
  });

  it('have names for their statements, each once', () => {
    for (const statements of Object.values(POLICIES)) {
      const names = statements.map(({ Sid }) => Sid);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});
