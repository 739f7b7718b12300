import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { createAwsClients } from '../../src/aws/clients.ts';
import { AWS_ATTEMPTS } from '../../src/aws/published-calls.ts';
import { ec2, ec2Fault, json, jsonFault, s3Fault, script, sts } from '../fakes/aws/answers.ts';
import { startFakeAws } from '../fakes/aws/fake-aws.ts';

/** Whose work it is: other tests of the same process may still call AWS. */
const whose = new AsyncLocalStorage<object>();

const ATTEMPT = z.object({ operation: z.string() });

/**
 * The attempts at some operations, of what follows in a test, that are published until it ends. What others began before can
 * go on in the test's name, where a client's queue wakes it.
 */
function published(...operations: readonly string[]): readonly unknown[] {
  const attempts: unknown[] = [];
  whose.enterWith(attempts);
  const note = (attempt: unknown) => {
    const isOurs = operations.includes(ATTEMPT.parse(attempt).operation);
    if (isOurs && whose.getStore() === attempts) attempts.push(attempt);
  };
  subscribe(AWS_ATTEMPTS, note);
  onTestFinished(() => void unsubscribe(AWS_ATTEMPTS, note));
  return attempts;
}

function clientsAt(endpoint: string) {
  const credentials = async () => ({ accessKeyId: 'id', secretAccessKey: 'a secret' });
  return createAwsClients({ region: 'eu-central-1', credentials, endpoint });
}

it('each call of every service is published with its operation and how it ended', async () => {
  const attempts = published('ListWorkGroups', 'DescribeFlowLogs', 'GetCallerIdentity', 'GetTable');
  const aws = await startFakeAws(
    script({
      ListWorkGroups: [json({ WorkGroups: [] })],
      DescribeFlowLogs: [ec2Fault('UnauthorizedOperation', 'You may not.', 403)],
      GetCallerIdentity: [sts('GetCallerIdentity', { Account: '111111111111' })],
      GetTable: [jsonFault('EntityNotFoundException')],
    }),
  );
  const clients = clientsAt(aws.endpoint);
  await (await clients.athena()).listWorkGroups({});
  await expect((await clients.ec2()).describeFlowLogs({})).rejects.toThrow();
  await (await clients.sts()).getCallerIdentity({});
  await expect((await clients.glue()).getTable({ DatabaseName: 'd', Name: 't' })).rejects.toThrow();
  expect(attempts).toEqual([
    { service: 'athena', operation: 'ListWorkGroups', code: 'ok' },
    { service: 'ec2', operation: 'DescribeFlowLogs', code: 'UnauthorizedOperation' },
    { service: 'sts', operation: 'GetCallerIdentity', code: 'ok' },
    { service: 'glue', operation: 'GetTable', code: 'EntityNotFoundException' },
  ]);
});

it('each attempt is published, also those that the SDK makes again', async () => {
  const attempts = published('DescribeVpcs');
  const aws = await startFakeAws(
    script({ DescribeVpcs: [ec2Fault('InternalError', 'broken', 500), ec2({ vpcSet: [] })] }),
  );
  await (await clientsAt(aws.endpoint).ec2()).describeVpcs({});
  const call = { service: 'ec2', operation: 'DescribeVpcs' };
  expect(attempts).toEqual([
    { ...call, code: 'InternalError' },
    { ...call, code: 'ok' },
  ]);
});

it('a bucket is no part of what is published, and neither is a secret', async () => {
  const attempts = published('ListObjectsV2');
  const aws = await startFakeAws(() => s3Fault(403, 'AccessDenied'));
  const s3 = await clientsAt(aws.endpoint).s3();
  await expect(s3.listObjectsV2({ Bucket: 'our-logs', Prefix: 'AWSLogs/' })).rejects.toThrow();
  expect(attempts).toEqual([{ service: 's3', operation: 'ListObjectsV2', code: 'AccessDenied' }]);
});
