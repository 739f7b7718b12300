import { expect, inject, it } from 'vitest';
import { createAwsClients } from '../../../src/aws/clients.ts';
import { REGION } from '../../aws/given-aws.ts';
import { givenWalk } from './given-walk.ts';
import { confirmWhileAwsDelivers, hourOfTraffic } from './lines.ts';
import { makeNetwork } from './network.ts';

const ELSEWHERE = 'eu-west-1';

it('an unknown network is refused with the regions that were searched, and is found once its region is configured', async () => {
  const judges = { moto: inject('moto'), ministack: inject('ministack') };
  const walk = await givenWalk(judges);
  const place = { region: ELSEWHERE, credentials: undefined, endpoint: walk.route.endpoint };
  const { vpcId } = await makeNetwork(createAwsClients(place));
  expect(await walk.type(`setup ${vpcId}`)).toMatch(
    new RegExp(`There is no \`${vpcId}\` in ${REGION} of ${walk.account}\\.[\\s\\S]*aws-regions`),
  );

  const wider = await walk.restart({ FLOWLOG_AWS_REGIONS: `${REGION},${ELSEWHERE}` });
  expect(await wider.type(`setup ${vpcId}`)).toMatch(
    new RegExp(`^Set up a flow log on ${vpcId} in ${ELSEWHERE} of ${walk.account}`),
  );
});

it("asking a flow log of another region shows the transfer cost, and results stay in Athena's region", async () => {
  const judges = { moto: inject('moto'), ministack: inject('ministack') };
  const walk = await (await givenWalk(judges)).restart({ FLOWLOG_AWS_REGIONS: ELSEWHERE });
  const place = { region: ELSEWHERE, credentials: undefined, endpoint: walk.route.endpoint };
  const clients = createAwsClients(place);
  const { vpcId } = await makeNetwork(clients);
  const there = { ...walk, clients };
  const plan = await walk.type(`setup ${vpcId} files=text`);
  const { flowLogId } = await confirmWhileAwsDelivers(there, plan, hourOfTraffic(walk.clock.now), ELSEWHERE);
  expect(await walk.type(`table ${flowLogId}`)).toMatch(
    new RegExp(
      `needs a place for its results in ${REGION}, where Athena runs[\\s\\S]*FLOWLOG_ATHENA_RESULTS`,
    ),
  );
  const ready = await walk.restart({ FLOWLOG_ATHENA_RESULTS: `s3://results-${walk.account}/` });
  expect(await ready.type(`table ${flowLogId}`)).toContain(
    `Athena runs in ${REGION} and flowlog-${walk.account}-${ELSEWHERE} is in ${ELSEWHERE}`,
  );
});

it('`setup` refuses a bucket of another region than the network, and names both regions', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { vpcId } = await makeNetwork(walk.clients);
  const Bucket = `elsewhere-${walk.account}`;
  const s3 = await createAwsClients({
    region: ELSEWHERE,
    credentials: undefined,
    endpoint: walk.route.endpoint,
  }).s3();
  await s3.createBucket({ Bucket, CreateBucketConfiguration: { LocationConstraint: ELSEWHERE } });
  expect(await walk.type(`setup ${vpcId} bucket=${Bucket}`)).toContain(
    `The bucket \`${Bucket}\` is in ${ELSEWHERE}, the network in ${REGION}.`,
  );
});
