import { expect, inject, it } from 'vitest';
import type { PlainRecord } from '../../support/flow.ts';
import { givenWalk, type Walk } from './given-walk.ts';
import { confirmWhileAwsDelivers, doPlanned, hourOfTraffic, later } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

/** A second subnet of the VPC, with an interface that carries 10.0.2.6. */
async function addSubnet({ clients }: Walk, vpcId: string): Promise<string> {
  const ec2 = await clients.ec2();
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: '10.0.2.0/24' });
  const SubnetId = Subnet?.SubnetId ?? '';
  await ec2.createNetworkInterface({ SubnetId, PrivateIpAddress: '10.0.2.6' });
  return SubnetId;
}

/** Sets a flow log up that delivers under the prefix of all, and plays AWS's delivery. */
async function setUp(walk: Walk, subnetId: string, records: readonly PlainRecord[]): Promise<string> {
  const plan = await walk.type(`setup ${subnetId} prefix=central files=text`);
  return (await confirmWhileAwsDelivers(walk, plan, records)).flowLogId;
}

it('flow logs under one prefix can be asked one by one, together, and next to a deleted one', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { vpcId, subnetId } = await makeNetwork(walk.clients);
  const hour = walk.clock.now;
  const ofOne = hourOfTraffic(hour);
  const ofOther = ofOne.map((record) => ({ ...record, dstaddr: '10.0.2.6', bytes: 70_000 }));
  const one = await setUp(walk, subnetId, ofOne);
  const other = await setUp(walk, await addSubnet(walk, vpcId), ofOther);
  walk.clock.now = later(hour, 70);
  for (const flowLogId of [one, other]) await doPlanned(walk, `table ${flowLogId} mode=partitions`);

  const left = await whatIsLeft(walk);
  const bytesOf = (flowLogId: string) => left.bytesSince(later(hour, 10), flowLogId);
  const timeline = async (scope: string) => {
    const said = await walk.type(`timeline ${scope} last 1h`);
    return { said, matched: Number(/: (\d+) matching record/.exec(said)?.[1]) };
  };
  expect((await timeline(`in=${one}`)).matched).toBe(20);
  expect(walk.athena.billedBytes()).toBe(bytesOf(one));
  const both = await timeline('');
  expect(both.matched).toBe(40);
  expect(both.said).not.toContain('counts twice');
  expect(walk.athena.billedBytes()).toBe(2 * bytesOf(one) + bytesOf(other));

  await doPlanned(walk, `teardown ${other}`);
  const alone = await timeline('');
  expect(alone.matched).toBe(20);
  expect(alone.said).toMatch(/Read 10 files of fl-\w+ on subnet-\w+ for /);
  expect(alone.said).not.toContain('of other flow logs');
  expect(walk.athena.billedBytes()).toBe(3 * bytesOf(one) + bytesOf(other));
});
