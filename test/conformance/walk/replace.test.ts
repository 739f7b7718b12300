import { expect, inject, it } from 'vitest';
import { givenWalk } from './given-walk.ts';
import { confirmWhileAwsDelivers, hourOfTraffic, later } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

it('`replace` creates a flow log with other files, and deletes the old one after the first of them', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { subnetId } = await makeNetwork(walk.clients);
  const records = hourOfTraffic(walk.clock.now);
  const old = await confirmWhileAwsDelivers(walk, await walk.type(`setup ${subnetId}`), records);
  walk.clock.now = later(walk.clock.now, 60);

  const plan = await walk.type(`replace ${old.flowLogId} files=text`);
  expect((await whatIsLeft(walk)).flowLogs).toEqual([old.flowLogId]);
  const { said, flowLogId } = await confirmWhileAwsDelivers(walk, plan, hourOfTraffic(walk.clock.now));
  expect(said).toContain(`✓ Flow log ${old.flowLogId} is deleted`);
  const { flowLogs, files } = await whatIsLeft(walk);
  expect(flowLogs).toEqual([flowLogId]);
  const ofOld = files.filter((key) => key.includes(old.flowLogId));
  expect([ofOld.length, ofOld.every((key) => key.endsWith('.parquet'))]).toEqual([12, true]);
  expect(files.filter((key) => key.startsWith(`${subnetId}-2/`) && key.endsWith('.log.gz'))).toHaveLength(12);
});
