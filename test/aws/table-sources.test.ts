import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/app/config.ts';
import { TooCostly } from '../../src/core/answer/budget.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import { createCloudSources } from '../../src/core/lake/cloud-sources.ts';
import { onlyThroughTables } from '../../src/core/lake/read-direct.ts';
import { createReadTables } from '../../src/core/lake/read-tables.ts';
import { createSourceBook } from '../../src/core/lake/source-book.ts';
import { ec2, json, script } from '../fakes/aws/answers.ts';
import { OCSF_SCHEMA } from '../support/adopted-tables.ts';
import { afterNoon } from '../support/flow.ts';
import { silentAthena } from '../support/silent-athena.ts';
import { givenAws } from './given-aws.ts';

const README = readFileSync('README.md', 'utf8');
const EXAMPLE = /<!-- flowlog\.yml -->\n```yaml\n([\s\S]*?)```/.exec(README)?.[1] ?? '';
const now = () => afterNoon(3_600);
const GB = 1_000_000_000;

/** The sources of the README in an account whose tables are of OCSF, and whose workgroup stops at a limit. */
async function givenTables(limitBytes: number) {
  const Columns = OCSF_SCHEMA.columns.map(({ name, type }) => ({ Name: name, Type: type }));
  const Configuration = { BytesScannedCutoffPerQuery: limitBytes };
  const { aws, cloud } = await givenAws(
    script({
      DescribeFlowLogs: [ec2({ flowLogSet: [] })],
      GetTable: [json({ Table: { Name: 'vpc', StorageDescriptor: { Columns } } })],
      GetWorkGroup: [json({ WorkGroup: { Name: 'flowlog', Configuration } })],
    }),
  );
  const book = createSourceBook({ cloud, configured: readConfig({}, EXAMPLE).sources, now });
  const lakeOf = () => {
    throw new RangeError('there is no list of files');
  };
  const read = createReadTables({
    ...{ tables: cloud.tables, database: 'flowlog', workgroup: 'flowlog' },
    ...{ lakeOf, now },
  });
  const athena = silentAthena(
    createCloudSources({ cloud, book, read: onlyThroughTables(read) }),
    now,
    DEFAULT_PRICES,
  );
  const tables = () =>
    aws.calls.filter(({ action }) => action === 'GetTable').map(({ body }) => JSON.parse(body));
  return { athena, tables };
}

describe('a table of the README', () => {
  it('is asked by the columns that Glue says it has, without a list of files, and proves nothing', async () => {
    const { athena, tables } = await givenTables(100 * GB);
    const answer = await athena.ask('to 10.0.1.5 in=security-lake last 1h');
    expect(answer.statement.text).toContain(
      'FROM "amazon_security_lake_glue_db_eu_central_1"."amazon_security_lake_table_eu_central_1_vpc_flow_2_0"',
    );
    expect(answer.statement.text).toContain(`("time_dt" >= TIMESTAMP '2026-03-05 11:50:00')`);
    expect(answer.statement.reusedMinutes).toBeUndefined();
    expect(answer.finding).toMatchObject({ certainty: 'unknown' });
    expect(answer.headline).toBe(
      'Cannot say whether there was traffic to 10.0.1.5 with in=security-lake: none in the records that were read, but no list of the files of security-lake shows that all records of the window are there.',
    );
    expect(tables()).toEqual([
      {
        DatabaseName: 'amazon_security_lake_glue_db_eu_central_1',
        Name: 'amazon_security_lake_table_eu_central_1_vpc_flow_2_0',
      },
    ]);
  });

  it('waits for an approval where the workgroup lets it scan for more than a question may cost', async () => {
    const { athena } = await givenTables(1_000 * GB);
    const line = 'to 10.0.1.5 in=security-lake last 1h';
    const refused = await athena.ask(line).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TooCostly);
    expect(refused).toMatchObject({
      message: `\`${line}\` would scan up to 1.0 TB, about $5.00, and a question may cost $1.00.`,
      hint: 'Nothing was run. Say that it may cost that much, or ask for less.',
    });
    expect(athena.ran).toEqual([]);
    await athena.ask(`${line} spend=5`);
    expect(athena.ran).toHaveLength(1);
  });

  it('in a table bucket that has the columns of OCSF says what to write in flowlog.yml', async () => {
    const { athena, tables } = await givenTables(100 * GB);
    await expect(athena.ask('to 10.0.1.5 in=cloudwatch-tables last 1h')).rejects.toMatchObject({
      message:
        'The table s3tablescatalog/aws-cloudwatch.logs.amazon_vpc__flow of cloudwatch-tables has no column `start`.',
      hint: 'Its columns are those of OCSF: type `columns: ocsf` for cloudwatch-tables in flowlog.yml.',
    });
    expect(tables()).toMatchObject([{ CatalogId: '111111111111:s3tablescatalog/aws-cloudwatch' }]);
  });
});
