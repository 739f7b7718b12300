import { expect, it } from 'vitest';
import { createLakes } from '../../src/aws/lake/lakes.ts';
import { TooCostly } from '../../src/core/answer/budget.ts';
import { createCloudSources } from '../../src/core/lake/cloud-sources.ts';
import { onlyThroughTables } from '../../src/core/lake/read-direct.ts';
import { createReadTables } from '../../src/core/lake/read-tables.ts';
import { createSourceBook } from '../../src/core/lake/source-book.ts';
import { tableFor } from '../../src/core/lake/table-for.ts';
import { ec2, json, script } from '../fakes/aws/answers.ts';
import { listBucket } from '../fakes/aws/fake-bucket.ts';
import { aSource, FIELDS } from '../support/a-source.ts';
import { afterNoon, NOON } from '../support/flow.ts';
import { lakeKey } from '../support/lake-key.ts';
import { silentAthena } from '../support/silent-athena.ts';
import { givenAws, REGION } from './given-aws.ts';

const ACCOUNT = '111111111111';
const ID = 'fl-0123456789abcdef0';
const TABLE_FIELDS = [...FIELDS, 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'interface-id'];
const now = () => afterNoon(3_600);

/** A flow log as EC2 describes it. */
const FLOW_LOG = {
  ...{ flowLogId: ID, resourceId: 'vpc-0a', trafficType: 'ALL', deliverLogsStatus: 'SUCCESS' },
  logFormat: TABLE_FIELDS.map((field) => `\${${field}}`).join(' '),
  ...{ logDestinationType: 's3', logDestination: 'arn:aws:s3:::logs' },
  destinationOptions: { fileFormat: 'plain-text', hiveCompatiblePartitions: false, perHourPartition: true },
  ...{ maxAggregationInterval: 60, creationTime: '2026-01-01T00:00:00.000Z' },
};

/** Its table as Glue has it, whose partitions must be added. */
function storedTable() {
  const source = {
    ...aSource(ID, { fields: TABLE_FIELDS, layout: { hourly: true } }),
    ...{ account: ACCOUNT, region: REGION },
  };
  const files = { ...source.place, prefix: '' };
  const spec = tableFor({ ...source, place: files }, { database: 'flowlog', mode: 'explicit', since: now() });
  const columns = (of: typeof spec.columns) => of.map(({ name, type }) => ({ Name: name, Type: type }));
  return {
    Name: spec.name,
    StorageDescriptor: {
      Columns: columns(spec.columns),
      Location: spec.location,
      SerdeInfo: {
        SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
        Parameters: { 'field.delim': ' ' },
      },
    },
    PartitionKeys: columns(spec.partitionKeys),
    Parameters: spec.properties,
  };
}

/** An account with one flow log and its files of an hour, asked through an Athena that is dear. */
async function givenFlowLog() {
  const place = { layout: 'hourly', prefix: '', account: ACCOUNT, region: REGION } as const;
  const keys = [0, 300, 600].map((seconds) =>
    lakeKey(NOON + seconds, { ...place, flowLog: ID, ending: 'log.gz' }),
  );
  const list = listBucket(new Map(keys.map((key) => [key, 1_000])), { pageSize: 10 });
  const others = script({
    DescribeFlowLogs: [ec2({ flowLogSet: [FLOW_LOG] })],
    DescribeVpcs: [ec2({ vpcSet: [{ vpcId: 'vpc-0a' }] })],
    GetTable: [json({ Table: storedTable() })],
    GetPartitions: [json({ Partitions: [] })],
    StartQueryExecution: [json({ QueryExecutionId: 'q-1' })],
    GetQueryExecution: [json({ QueryExecution: { Status: { State: 'SUCCEEDED' } } })],
  });
  const { aws, cloud } = await givenAws((call) => (call.action === '' ? list(call) : others(call)));
  const book = createSourceBook({ cloud, configured: [], now });
  const lakeOf = createLakes({ cloud, now });
  const read = onlyThroughTables(
    createReadTables({ tables: cloud.tables, database: 'flowlog', lakeOf, now }),
  );
  const ddl = () =>
    aws.calls
      .filter(({ action }) => action === 'StartQueryExecution')
      .map(({ body }) => String(JSON.parse(body).QueryString));
  return { ddl, athena: silentAthena(createCloudSources({ cloud, book, read }), now) };
}

it('a question adds no partition before its cost is allowed, and those that it needs after that', async () => {
  const { athena, ddl } = await givenFlowLog();
  await expect(athena.ask('rejected last 1h')).rejects.toThrow(TooCostly);
  expect(ddl()).toEqual([]);
  await athena.ask('rejected last 1h spend=5');
  expect(ddl()).toEqual([
    expect.stringMatching(/^ALTER TABLE .*fl_0123456789abcdef0.* ADD IF NOT EXISTS.*2026\/03\/05\/12/s),
  ]);
  expect(athena.ran).toHaveLength(1);
});
