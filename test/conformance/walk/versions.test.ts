import { expect, inject, it } from 'vitest';
import { REGION } from '../../aws/given-aws.ts';
import { givenWalk, type Walk } from './given-walk.ts';
import { confirmWhileAwsDelivers, doPlanned, hourOfTraffic } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

/** Every version and deletion mark of a bucket, by its key. */
async function versionsIn({ clients }: Walk, Bucket: string): Promise<readonly string[]> {
  const found = await (await clients.s3()).listObjectVersions({ Bucket });
  const all = [...(found.Versions ?? []), ...(found.DeleteMarkers ?? [])];
  return all.map(({ Key = '' }) => Key).toSorted();
}

it('`teardown` deletes all versions and deletion markers of the files of its flow log, and of no others', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { vpcId } = await makeNetwork(walk.clients);
  const s3 = await walk.clients.s3();
  const Bucket = `versioned-${walk.account}`;
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: REGION } });
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  const records = hourOfTraffic(walk.clock.now);
  const plan = await walk.type(`setup ${vpcId} bucket=${Bucket} files=text`);
  const { flowLogId } = await confirmWhileAwsDelivers(walk, plan, records);

  const { files } = await whatIsLeft(walk);
  const [changed = '', removed = ''] = files;
  const ofAnother = changed.replace(flowLogId, 'fl-00000000000000000');
  for (const Key of [changed, ofAnother, ofAnother, 'theirs.txt'])
    await s3.putObject({ Bucket, Key, Body: 'x' });
  for (const Key of [removed, 'theirs.txt']) await s3.deleteObject({ Bucket, Key });

  const said = await doPlanned(walk, `teardown ${flowLogId} files=delete`, flowLogId);
  expect(said).toContain(`14 versions of ${flowLogId} deleted for good`);
  expect(await versionsIn(walk, Bucket)).toEqual(
    [ofAnother, ofAnother, 'theirs.txt', 'theirs.txt'].toSorted(),
  );
});
