import { expect, inject, it } from 'vitest';
import { givenWalk } from './given-walk.ts';
import { confirmWhileAwsDelivers, hourOfTraffic, later, planIn } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

const REFRESH = /Refresh the credentials/;

it('an operation whose credentials expire says what to do, and goes on with new ones', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { subnetId } = await makeNetwork(walk.clients);
  const plan = await walk.type(`setup ${subnetId} files=text`);
  walk.route.expire();
  const stopped = await walk.type(`confirm ${planIn(plan)}`);
  expect(stopped).toMatch(
    /Stopped at step 1 of 4: `s3:\w+` failed with \w+: The security token .* is expired\./,
  );
  expect(stopped).toMatch(REFRESH);
  for (const line of [`setup ${subnetId}`, 'status', 'sources', 'top-talkers last 1h'])
    expect(await walk.type(line)).toMatch(REFRESH);

  walk.route.renew();
  const { said, flowLogId } = await confirmWhileAwsDelivers(walk, plan, hourOfTraffic(walk.clock.now));
  expect(said).toContain('Done: Set up a flow log');
  expect((await whatIsLeft(walk)).flowLogs).toEqual([flowLogId]);

  walk.clock.now = later(walk.clock.now, 70);
  const table = await walk.type(`table ${flowLogId}`);
  walk.route.expire();
  expect(await walk.type(`confirm ${planIn(table)}`)).toMatch(REFRESH);
  walk.route.renew();
  expect(await walk.type(`confirm ${planIn(table)}`)).toMatch(/^Done: Create the table/m);
  walk.route.expire();
  expect(await walk.type('to 10.0.1.5 last 1h')).toMatch(REFRESH);
  expect(await walk.type(`teardown ${flowLogId}`)).toMatch(REFRESH);
});
