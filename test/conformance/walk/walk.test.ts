import { expect, inject, it } from 'vitest';
import { REGION, signal } from '../../aws/given-aws.ts';
import { deliver } from './deliver.ts';
import { givenWalk, type Walk } from './given-walk.ts';
import { confirmWhileAwsDelivers, doPlanned, hourOfTraffic, later } from './lines.ts';
import { makeNetwork } from './network.ts';
import { whatIsLeft } from './what-is-left.ts';

const ANSWER =
  /^10\.0\.1\.5 got traffic from at least 2 addresses, at least 1 of them rejected; most of it from 203\.0\.113\.9/m;

/** Sets a flow log up and lets AWS deliver an hour of files; the clock is ten minutes after it. */
async function setUp(walk: Walk): Promise<{ readonly flowLogId: string; readonly hour: Date }> {
  const { subnetId } = await makeNetwork(walk.clients);
  const hour = walk.clock.now;
  const [first, second, ...others] = hourOfTraffic(hour);
  if (first === undefined || second === undefined) throw new RangeError('an hour has traffic');
  const plan = await walk.type(`setup ${subnetId} files=text`);
  expect(plan).toContain('Nothing has been changed');
  expect((await whatIsLeft(walk)).buckets).toEqual([]);
  const { said, flowLogId } = await confirmWhileAwsDelivers(walk, plan, [first, second]);
  expect(said).toMatch(/✓ First file after 0 min: subnet-\w+\/AWSLogs\/\d{12}\/vpcflowlogs\/eu-central-1\//);
  await deliver(walk.clients, flowLogId, others, { account: walk.account, region: REGION });
  walk.clock.now = later(hour, 70);
  return { flowLogId, hour };
}

/** Makes the table, without which nothing is answered. */
async function makeTable(walk: Walk, flowLogId: string): Promise<void> {
  expect(await walk.type('to 10.0.1.5 last 1h')).toContain(`\`table ${flowLogId}\` makes it`);
  const made = await doPlanned(walk, `table ${flowLogId} mode=partitions`);
  expect(made).toMatch(/✓ Workgroup .*\n✓ Database .*\n✓ Table flowlog\.fl_\w+ reads s3:\/\//);
}

/** Adds the partitions of the hour by its day, which is two days when it was the last of one. */
async function addPartitions(walk: Walk, hour: Date): Promise<void> {
  const [from, to] = [hour, walk.clock.now].map((instant) => instant.toISOString().slice(0, 10));
  expect(await doPlanned(walk, `partitions ${from}..${to}`)).toContain('1 partition added to');
  expect(await walk.type(`partitions ${from}..${to}`)).toMatch(/^Nothing to add to flowlog\.fl_/);
  expect(await walk.type('status')).toMatch(/^1 flow log is delivering[\s\S]* 1, \d{4}(\/\d\d){3} to /);
}

it('a flow log is set up, gets files, table and partitions, answers questions, is charged, and is torn down', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { flowLogId, hour } = await setUp(walk);
  expect(await walk.type('status')).toMatch(
    /^1 flow log is delivering[\s\S]*succeeding[\s\S]*15 min ago {2}none/,
  );
  expect(await walk.type('files')).toMatch(/has 10 files[\s\S]*\nversion account-id interface-id srcaddr/);
  await makeTable(walk, flowLogId);
  await addPartitions(walk, hour);

  const bytes = (await whatIsLeft(walk)).bytesSince(later(hour, 10), flowLogId);
  const answer = await walk.type('to 10.0.1.5 last 1h');
  expect(answer).toMatch(/^Reading 10 files \([\d.]+ KB\), about \$0\.00005 on Athena\n/);
  expect(answer).toMatch(ANSWER);
  expect(answer).toMatch(/^2 rows · .* · scanned [\d.]+ KB · athena, about \$0\.00005$/m);
  expect(answer).toContain(`Complete up to ${later(hour, 53).toISOString().slice(11, 16)} UTC`);
  expect(walk.athena.billedBytes()).toBe(bytes);

  expect(await walk.type('to 10.0.1.5 last 1h')).toMatch(ANSWER);
  expect(walk.athena.billedBytes()).toBe(2 * bytes);
  expect(await walk.type('costs')).toMatch(/^Today's questions have cost \$0\.0001 of /);

  const plan = `teardown ${flowLogId} table=drop files=delete`;
  expect(await doPlanned(walk, plan)).toContain('Nothing was typed to confirm');
  expect(await doPlanned(walk, plan, flowLogId)).toContain(`12 files of ${flowLogId} deleted for good`);
  expect(await whatIsLeft(walk)).toMatchObject({ flowLogs: [], tables: [], files: [] });
  expect(await walk.type('status')).toMatch(/^There are no flow logs/);
});

it('a question pays for the partitions that it names, adds missing ones, and reuses a result of a closed window', async () => {
  const walk = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const { flowLogId, hour } = await setUp(walk);
  await makeTable(walk, flowLogId);
  const { bytes } = await whatIsLeft(walk);
  const others = hourOfTraffic(later(hour, 120));
  await deliver(walk.clients, flowLogId, others, { account: walk.account, region: REGION });
  walk.clock.now = later(hour, 240);

  const line = `to 10.0.1.5 since ${hour.toISOString()} until ${later(hour, 60).toISOString()}`;
  const question = walk.asking.understand(line, 'UTC');
  if ('help' in question) throw new RangeError('it is a question');
  const ended = await walk.asking.ask(question, { signal });
  expect(ended).toMatchObject({ answer: { estimatedBytes: bytes, run: { scannedBytes: bytes } } });
  expect(await walk.type('status')).toMatch(/ 1, \d{4}(\/\d\d){3} to /);

  const again = await walk.type(line);
  expect(again).toMatch(ANSWER);
  expect(again).toContain('an earlier result, nothing scanned');
  expect(walk.athena.billedBytes()).toBe(bytes);
});
