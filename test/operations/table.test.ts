import { describe, expect, it } from 'vitest';
import type { Cloud } from '../../src/core/lake/cloud.ts';
import type { S3Source } from '../../src/core/lake/log-source.ts';
import { tableFor } from '../../src/core/lake/table-for.ts';
import { BUILT_IN, type GivenSample, givenSample, linesOf, SUBNET } from '../support/given-sample.ts';
import { withFault } from '../support/with-fault.ts';

const NAME = 'fl_0f10f10f10f100001';
const signal = new AbortController().signal;

/** A table of that name that is otherwise than the files want it. */
async function givenOtherTable(properties: Readonly<Record<string, string>>): Promise<GivenSample> {
  const given = await givenSample();
  await given.cloud.tables.createTable(
    {
      database: 'flowlog',
      name: NAME,
      columns: [{ name: 'version', type: 'int' }],
      partitionKeys: [],
      format: 'text',
      location: 's3://elsewhere/AWSLogs/',
      properties,
    },
    signal,
  );
  return given;
}

describe('the plan', () => {
  it('makes workgroup, database and table where they are missing, and shows the DDL', async () => {
    const given = await givenSample();
    const { plan } = await given.planned('table');
    expect(plan.headline).toBe(`Create the table flowlog.${NAME} over the files of ${BUILT_IN}`);
    expect(plan.steps.map(({ words }) => words)).toEqual([
      'Create the workgroup flowlog: results go to s3://sample-flow-logs/athena-results/, encrypted; a query stops at 100 GB',
      'Create the database flowlog',
      `Create the table flowlog.${NAME}: 29 columns, text`,
    ]);
    expect(plan.steps.map(({ cost }) => cost)).toEqual([
      'free',
      'free: DDL scans nothing',
      'free: DDL scans nothing',
    ]);
    expect(plan.sections[0]?.code).toContain(`CREATE EXTERNAL TABLE IF NOT EXISTS \`flowlog\`.\`${NAME}\``);
    expect(plan.sections[0]?.code).toContain("'projection.p_day.range' = '2026/01/01,NOW'");
    expect((await given.state()).tables).toEqual([]);
  });

  it('puts results where it is configured', async () => {
    const given = await givenSample({ settings: { resultLocation: 's3://results/here/' } });
    expect((await given.planned('table')).plan.steps[0]?.words).toContain(
      'results go to s3://results/here/,',
    );
  });

  it('shows what reading across regions costs', async () => {
    const home = async () => ({ account: '123456789012', region: 'eu-west-1' });
    const around = (cloud: Cloud) => withFault(cloud, { tables: () => ({ home }) });
    const nearby = { resultLocation: 's3://results-of-athena/' };
    const given = await givenSample({ around, settings: nearby });
    expect(linesOf((await given.planned('table')).plan).join(' ')).toContain(
      'Athena runs in eu-west-1 and sample-flow-logs is in us-east-1: AWS also charges for carrying what is scanned across',
    );
  });

  it('has no results next to files of another region, where Athena cannot write them', async () => {
    const home = async () => ({ account: '123456789012', region: 'eu-west-1' });
    const given = await givenSample({ around: (cloud) => withFault(cloud, { tables: () => ({ home }) }) });
    await expect(given.planned('table')).rejects.toThrow(/needs a place for its results in eu-west-1/);
  });

  it('of a source that is only configured begins with its oldest file, not with today', async () => {
    const configured: S3Source = {
      name: BUILT_IN,
      account: '123456789012',
      region: 'us-east-1',
      place: {
        kind: 's3',
        bucket: 'sample-flow-logs',
        prefix: '',
        files: { format: 'text', hive: false, hourly: false },
      },
      fields: ['version', 'start', 'end', 'log-status'],
      trafficType: undefined,
      resource: undefined,
      flowLog: undefined,
      adopted: undefined,
    };
    const given = await givenSample({ configured: [configured] });
    await given.pass(3 * 24 * 60);
    expect((await given.planned('table')).plan.sections[0]?.code).toContain(
      "'projection.p_day.range' = '2026/11/24,NOW'",
    );
  });
});

describe('carrying it out', () => {
  it('makes a table that fits, offers to ask it, and has nothing to do the second time', async () => {
    const given = await givenSample();
    const report = await given.done(`table ${BUILT_IN}`);
    expect(report.next).toEqual([
      { label: 'Ask it', line: `top-talkers in=${BUILT_IN} last 1h`, press: 'ask', style: 'primary' },
    ]);
    const after = await given.state();
    expect(after).toMatchObject({ databases: ['flowlog'], tables: [{ name: NAME }] });
    expect(Object.keys(after.workgroups)).toEqual(['flowlog']);
    const again = await given.say(`table ${BUILT_IN}`);
    expect(again.headline).toBe(`The table flowlog.${NAME} is there and fits the files of ${BUILT_IN}`);
    expect(again.next.map(({ line }) => line)).toEqual([`status ${BUILT_IN}`]);
    expect(await given.state()).toEqual(after);
  });

  it('fails when one of another shape is made meanwhile', async () => {
    const given = await givenSample();
    const { id } = await given.planned('table');
    await given.cloud.tables.createTable(
      {
        database: 'flowlog',
        name: NAME,
        columns: [],
        partitionKeys: [],
        format: 'text',
        location: 's3://other/',
        properties: {},
      },
      signal,
    );
    expect((await given.say(`confirm ${id}`)).headline).toMatch(
      /^Stopped at step 3 of 3: A table `fl_0f10f10f10f100001` of another shape is there: column 1 is missing/,
    );
  });
});

describe('a table of another shape', () => {
  it('that flowlog did not make is compared and left as it is, whatever is said', async () => {
    const given = await givenOtherTable({});
    const report = await given.say(`table ${BUILT_IN} replace=yes`);
    expect(report.headline).toBe(
      `A table flowlog.${NAME} is there that flowlog did not make: it is left as it is`,
    );
    expect(linesOf(report)).toEqual([
      'Column 2 is missing, wanted is account_id string.',
      'Partition key 1 is missing, wanted is p_account string.',
      expect.stringMatching(
        /^Its location is s3:\/\/elsewhere\/AWSLogs\/, the files are under s3:\/\/sample-flow-logs\//,
      ),
      expect.stringMatching(/^Skip.header.line.count is not set, wanted is 1\.$/),
      expect.stringMatching(/^Projection/),
      expect.stringMatching(/^Storage.location.template is not set/),
      ...Array.from({ length: 6 }, () => expect.stringMatching(/^Projection/)),
      'List it under `sources` in flowlog.yml with its columns to ask it as it is, or rename it.',
    ]);
    expect(report.next.some(({ line }) => line.startsWith('confirm'))).toBe(false);
  });

  it('that flowlog made is replaced only when that is said', async () => {
    const given = await givenOtherTable({ 'managed-by': 'flowlog' });
    const report = await given.say(`table ${BUILT_IN}`);
    expect(report.headline).toBe(`The table flowlog.${NAME} is there and is of another shape`);
    const [replacing] = report.next;
    expect(replacing?.line).toBe(`table ${BUILT_IN} replace=yes`);
    const { plan } = await given.planned(replacing?.line ?? '');
    expect(plan.steps.map(({ kind }) => kind).slice(-2)).toEqual(['drop-table', 'create-table']);
    expect(plan.headline).toBe(`Replace the table flowlog.${NAME}; no file is touched`);
    await given.done(replacing?.line ?? '');
    const stored = await given.cloud.tables.table('flowlog', NAME, signal);
    expect(stored?.columns).toHaveLength(29);
  });

  it('is one with explicit partitions where projected ones are wanted, and the other way round', async () => {
    const given = await givenSample();
    await given.done(`table ${BUILT_IN} mode=partitions`);
    expect(linesOf(await given.say(`table ${BUILT_IN}`))[0]).toBe(
      'Projection.enabled is not set, wanted is true.',
    );
    await given.done(`table ${BUILT_IN} replace=yes`);
    const back = await given.say(`table ${BUILT_IN} mode=partitions`);
    expect(linesOf(back)).toEqual(['Its partitions are projected, wanted are explicit ones.']);
    expect(back.next[0]?.line).toBe(`table ${BUILT_IN} replace=yes mode=partitions`);
  });
});

it('a configured table that flowlog did not make is neither changed nor replaced', async () => {
  const given = await givenSample();
  await given.done(`setup ${SUBNET}`);
  const flowLog = (await given.state()).flowLogs[0];
  if (flowLog?.destination.kind !== 's3') throw new RangeError('nothing was set up');
  const spec = {
    name: 'configured',
    account: '123456789012',
    region: 'us-east-1',
    place: flowLog.destination,
    fields: flowLog.fields,
    trafficType: undefined,
    resource: undefined,
    flowLog: undefined,
    adopted: { database: 'logs', name: 'vpc', fields: flowLog.fields },
  };
  expect(tableFor(spec, { database: 'flowlog', mode: 'projected', since: new Date(0) }).name).toBe(
    'configured',
  );
  const again = await givenSample({ folder: given.folder, configured: [{ ...spec, name: BUILT_IN }] });
  const report = await again.say(`table ${BUILT_IN}`);
  expect(report.headline).toBe(
    `${BUILT_IN} is asked by the table logs.vpc, as flowlog.yml says: a table that flowlog did not make is neither changed nor replaced`,
  );
  expect((await again.say(`partitions ${BUILT_IN} 2026-11-24`)).headline).toContain(
    'which flowlog did not make',
  );
});
