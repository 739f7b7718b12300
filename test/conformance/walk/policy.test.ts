import { expect, inject, it } from 'vitest';
import { REGION } from '../../aws/given-aws.ts';
import { givenWalk } from './given-walk.ts';
import { confirmWhileAwsDelivers, hourOfTraffic } from './lines.ts';
import { makeNetwork } from './network.ts';

it('`setup` adds its two statements to a policy of another owner, and later only what is missing', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { vpcId, subnetId } = await makeNetwork(walk.clients);
  const s3 = await walk.clients.s3();
  const Bucket = `theirs-${walk.account}`;
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } });
  const theirs = [
    statementOf('ReadByAudit', Bucket, 's3:GetObject'),
    statementOf('ListByAudit', Bucket, 's3:ListBucket'),
  ];
  const before = { Version: '2012-10-17', Id: 'of-the-audit', Statement: theirs };
  await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify(before) });
  const policy = async () => JSON.parse((await s3.getBucketPolicy({ Bucket })).Policy ?? '');

  const records = hourOfTraffic(walk.clock.now).slice(0, 2);
  await confirmWhileAwsDelivers(walk, await walk.type(`setup ${vpcId} bucket=${Bucket}`), records);
  const merged = await policy();
  expect(merged).toMatchObject({ Id: 'of-the-audit', Statement: { length: 4 } });
  expect(merged.Statement.slice(0, 2)).toEqual(theirs);
  expect(namesOf(merged)).toEqual([
    'ReadByAudit',
    'ListByAudit',
    'FlowlogDeliveryWrite',
    'FlowlogDeliveryCheck',
  ]);

  await confirmWhileAwsDelivers(walk, await walk.type(`setup ${subnetId} bucket=${Bucket}`), records);
  expect(namesOf(await policy())).toEqual([...namesOf(merged), 'FlowlogDeliveryWrite2']);
});

function statementOf(Sid: string, bucket: string, Action: string) {
  const Principal = { AWS: 'arn:aws:iam::222222222222:role/audit' };
  return {
    Sid,
    Effect: 'Allow',
    Principal,
    Action,
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
  };
}

function namesOf({
  Statement,
}: {
  readonly Statement: readonly { readonly Sid: string }[];
}): readonly string[] {
  return Statement.map(({ Sid }) => Sid);
}
