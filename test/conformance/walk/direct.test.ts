import { expect, inject, it } from 'vitest';
import { REGION } from '../../aws/given-aws.ts';
import { flow, type PlainRecord } from '../../support/flow.ts';
import { deliver } from './deliver.ts';
import { givenWalk, type Walk } from './given-walk.ts';
import { doPlanned, hourOfTraffic, later } from './lines.ts';
import { makeNetwork } from './network.ts';

/** A bucket and a flow log that others have set up, with an hour of traffic in it; flowlog has set nothing up. */
async function setUpByOthers(
  { clients, account, clock }: Walk,
  format: 'plain-text' | 'parquet' = 'plain-text',
): Promise<string> {
  const { vpcId } = await makeNetwork(clients);
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
    DestinationOptions: { FileFormat: format, HiveCompatiblePartitions: false, PerHourPartition: false },
  });
  await deliver(clients, flowLogId, hourOfTraffic(clock.now), { account, region: REGION });
  clock.now = later(clock.now, 70);
  return flowLogId;
}

/** So many records, half an hour ago, that their file is larger than a megabyte. */
function manyRecords({ clock }: Walk): readonly PlainRecord[] {
  const end = clock.now.getTime() / 1000 - 1_800;
  return Array.from({ length: 150_000 }, (_, nth) =>
    flow(end, { bytes: (nth * 2_654_435_761) % 4_294_967_296, srcport: (nth * 7_919) % 65_536 }),
  );
}

/** The rows as a table of text, and the receipt. */
async function asked(walk: Walk, line: string) {
  const said = await walk.type(line);
  const [csv = ''] = await walk.csv(line);
  return { said, csv };
}

it.each(['plain-text', 'parquet'] as const)(
  'flow logs of others in %s are asked without a table, a workgroup or a charge, and from what is kept the second time',
  async (format) => {
    const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
    const walk = await set.restart({ FLOWLOG_DIRECT_MB: '200' });
    const flowLogId = await setUpByOthers(walk, format);

    const first = await walk.type('to 10.0.1.5 last 1h');
    expect(first).toContain('198.51.100.7');
    expect(first).toMatch(
      /fetched 10 files \([\d.]+ KB\) from S3 in 10 GETs, duckdb, free · the same scan on Athena: about \$0\.00005/,
    );
    const table = await doPlanned(walk, `table ${flowLogId}`);
    expect(table).toContain('✓');

    for (const line of [
      'to 10.0.1.5 last 1h',
      'rejected last 1h',
      'timeline last 1h',
      'top-talkers last 1h',
    ]) {
      const direct = await asked(walk, `${line} engine=direct`);
      const athena = await asked(walk, `${line} engine=athena`);
      expect(athena.said).toContain('athena, about $0.00005');
      expect(direct.said).toContain('duckdb, free');
      expect(direct.csv).toBe(athena.csv);
    }
    // Of nothing both say the same, as surely: what was looked at beside it is not billed here.
    const findingOf = async (engine: string) =>
      (await walk.type(`to 10.0.1.5 port=8443 last 1h engine=${engine}`)).split('\n')[1];
    expect(await findingOf('direct')).toContain('none in the records that were read');
    expect(await findingOf('direct')).toBe(await findingOf('athena'));
    const origins = await walk.type('to 10.0.1.5 last 1h cache=off');
    expect(origins).toContain('fetched 10 files');
    expect(origins).toContain('20 matching records');
    await expect
      .poll(() => walk.type('to 10.0.1.5 last 1h'), { timeout: 20_000 })
      .toContain('all files were kept, duckdb, free');
  },
);

it('what Athena would read above a limit waits for a yes, and what is fetched does not', async () => {
  const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const walk = await set.restart({ FLOWLOG_DIRECT_MB: '200', FLOWLOG_DOLLARS_A_QUESTION: '0.00001' });
  const flowLogId = await setUpByOthers(walk);
  await doPlanned(walk, `table ${flowLogId}`);
  expect(await walk.type('to 10.0.1.5 last 1h engine=athena')).toContain('Nothing was run');
  const low = await walk.restart({ FLOWLOG_DIRECT_MB: '1' });
  await deliver(walk.clients, flowLogId, manyRecords(walk), { account: walk.account, region: REGION });
  const refused = await low.type('to 10.0.1.5 last 1h');
  expect(refused).toMatch(
    / on Athena, or nothing with `engine=direct`, which fetches up to \d+ files? \([\d.]+ MB\)/,
  );
  const [, offer = ''] = /Fetch [\d.]+ MB: free\W+(to [^`\n]+)/.exec(refused) ?? [];
  expect(await low.type(offer)).toContain('duckdb, free');
  expect(walk.athena.billedBytes()).toBe(0);
});

it('the same lines are asked of one bucket without a charge where a table is missing, and refused by Athena', async () => {
  const set = await givenWalk({ moto: inject('moto'), ministack: inject('ministack') });
  const flowLogId = await setUpByOthers(set);
  expect(await set.type('to 10.0.1.5 last 1h')).toContain(`${flowLogId} has no table yet`);
  expect(await set.type('to 10.0.1.5 last 1h engine=direct')).toContain('`FLOWLOG_DIRECT_MB` is 0');
});
