import { expect, inject, it } from 'vitest';
import { REGION } from '../../aws/given-aws.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { deliver } from './deliver.ts';
import { deliverEvents } from './deliver-events.ts';
import { givenWalk, type Walk } from './given-walk.ts';
import { hourOfTraffic, later } from './lines.ts';
import { makeNetwork } from './network.ts';

const GROUP = '/flowlog/vpc';

/** A log group and a flow log that others have set up, with an hour of traffic in it; flowlog has set nothing up. */
async function setUpByOthers({ clients, account, clock }: Walk): Promise<string> {
  const { vpcId } = await makeNetwork(clients);
  await (await clients.logs()).createLogGroup({ logGroupName: GROUP });
  const { FlowLogIds: [flowLogId = ''] = [], Unsuccessful } = await (await clients.ec2()).createFlowLogs({
    ResourceIds: [vpcId],
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogGroupName: GROUP,
    DeliverLogsPermissionArn: `arn:aws:iam::${account}:role/delivers`,
  });
  expect(Unsuccessful ?? []).toEqual([]);
  await deliverEvents(clients, flowLogId, hourOfTraffic(clock.now), account);
  clock.now = later(clock.now, 70);
  return flowLogId;
}

async function csvOf(walk: Walk, line: string): Promise<string> {
  const [csv = ''] = await walk.csv(line);
  return csv;
}

/** The same VPC recorded into a bucket as well, by a flow log with the same fields. */
async function alsoToBucket({ clients, account }: Walk, vpcId: string, hour: Date): Promise<string> {
  const bucket = `others-${account}`;
  await (await clients.s3()).createBucket({
    Bucket: bucket,
    CreateBucketConfiguration: { LocationConstraint: REGION },
  });
  const { FlowLogIds: [flowLogId = ''] = [] } = await (await clients.ec2()).createFlowLogs({
    ResourceIds: [vpcId],
    ResourceType: 'VPC',
    TrafficType: 'ALL',
    LogDestinationType: 's3',
    LogDestination: `arn:aws:s3:::${bucket}/network`,
  });
  await deliver(clients, flowLogId, hourOfTraffic(hour), { account, region: REGION });
  return flowLogId;
}

it('the same records give the same rows and the same words from a log group and from a bucket', async () => {
  const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const walk = await set.restart({ FLOWLOG_DIRECT_MB: '200' });
  const hour = walk.clock.now;
  const events = await setUpByOthers(walk);
  const { FlowLogs: [flowLog] = [] } = await (await walk.clients.ec2()).describeFlowLogs({
    FlowLogIds: [events],
  });
  const files = await alsoToBucket(walk, flowLog?.ResourceId ?? '', hour);
  for (const line of [
    'to 10.0.1.5 last 1h',
    'from 198.51.100.7 last 1h',
    'rejected last 1h',
    'timeline last 1h',
    'top-talkers last 1h',
    'records 10.0.1.5 last 20m',
    'to 10.0.1.5 port=8443 last 1h',
  ]) {
    const csv = await csvOf(walk, `${line} in=${events}`);
    expect(csv).toBe(await csvOf(walk, `${line} in=${files}`));
    const headline = async (id: string) =>
      (await walk.type(`${line} in=${id}`)).split('\n').slice(1, 3).join('\n').replaceAll(id, 'fl');
    expect(await headline(events)).toEqual(await headline(files));
  }
});

it('flow logs in CloudWatch Logs are asked with nothing set up, free, and from what is kept the second time', async () => {
  const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const walk = await set.restart({ FLOWLOG_DIRECT_MB: '200' });
  const flowLogId = await setUpByOthers(walk);

  expect(await walk.type('sources')).toContain(`log group ${GROUP}`);
  expect(await walk.type(`status ${flowLogId}`)).toContain('in the last hour');
  const first = await walk.type('to 10.0.1.5 last 1h');
  expect(first).toContain('198.51.100.7');
  expect(first).toMatch(
    /fetched [\d,]+ records \([\d.]+ KB\) from CloudWatch Logs in \d+ calls?, duckdb, free/,
  );
  const calls = () => walk.route.calls.filter((call) => call === 'logs FilterLogEvents').length;
  expect(calls()).toBeGreaterThan(0);
  expect(walk.route.calls.filter((call) => /^(athena|glue|s3) /.test(call))).toEqual([]);

  await walk.type('rejected last 1h');
  const before = calls();
  expect(await walk.type('to 10.0.1.5 last 1h')).toContain('all records were kept, duckdb, free');
  // Whether the flow log still delivers is asked each time.
  expect(calls() - before).toBe(1);
  expect(walk.athena.billedBytes()).toBe(0);
});

/** The rows of a line, and the words above them. */
async function saidTo(walk: Walk, line: string) {
  const csv = await csvOf(walk, line);
  const [, headline = ''] = (await walk.type(line)).split('\n');
  expect(headline).toMatch(/\d\./);
  return { csv, headline };
}

it('Logs Insights gives the rows and the words that all records give, and is asked once for an address', async () => {
  const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const walk = await set.restart({ FLOWLOG_DIRECT_MB: '200', FLOWLOG_DOLLARS_A_QUESTION: '0' });
  const hour = walk.clock.now;
  await setUpByOthers(walk);
  // Long enough after them that no record is waited for any more.
  walk.clock.now = later(hour, 200);
  const during = `since ${hour.toISOString()} until ${later(hour, 30).toISOString()}`;
  const lines = [
    ...['to', 'who', 'timeline', 'records'].map((name) => `${name} 10.0.1.5 ${during}`),
    `to 198.51.100.7 ${during}`,
    `between 198.51.100.7 10.0.1.5 ${during}`,
    `why 198.51.100.7 10.0.1.5:22 ${during}`,
    // Nothing of this one is there.
    `to 10.0.1.77 ${during}`,
  ];
  const started = () => walk.route.calls.filter((call) => call === 'logs StartQuery').length;
  const byInsights: Awaited<ReturnType<typeof saidTo>>[] = [];
  for (const line of lines) byInsights.push(await saidTo(walk, `${line} engine=insights spend=1`));
  // One for each set of addresses.
  expect(started()).toBe(4);
  expect(await walk.type(`${lines[0]} engine=insights`)).toContain('all records were kept, duckdb, free');
  expect(await walk.type(`${lines[0]}`)).toContain('all records were kept, duckdb, free');
  expect(walk.route.calls.filter((call) => /^(athena|glue|s3) /.test(call))).toEqual([]);

  const fresh = await walk.restart({ FLOWLOG_STATE: await tempFolder('state') });
  fresh.clock.now = later(hour, 200);
  for (const [index, line] of lines.entries()) expect(byInsights[index]).toEqual(await saidTo(fresh, line));
});

it('a question about more records than are fetched is offered to Logs Insights, and its answer is kept for the next steps', async () => {
  const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const walk = await set.restart({ FLOWLOG_DIRECT_MB: '0.0005' });
  const hour = walk.clock.now;
  await setUpByOthers(walk);
  walk.clock.now = later(hour, 200);
  const refused = await walk.type(
    `to 10.0.1.5 since ${hour.toISOString()} until ${later(hour, 30).toISOString()}`,
  );
  expect(refused).toContain('has more than 500 B of records of this window that are not kept yet');
  const [, offered = ''] = /Ask Logs Insights: about \$[\d.]+\s+(to .+)/.exec(refused) ?? [];
  expect(offered).toContain('engine=insights');
  const answer = await walk.type(offered);
  expect(answer).toContain('Logs Insights, about $');
  const [, next = ''] = /Its ports: (.+)/.exec(answer) ?? [];
  expect(next).not.toContain('engine=');
  expect(await walk.type(next)).toContain('all records were kept, duckdb, free');
  expect(walk.route.calls.filter((call) => call === 'logs StartQuery')).toHaveLength(1);
});
