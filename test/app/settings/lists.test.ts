import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../src/app/config.ts';

const README = readFileSync('README.md', 'utf8');
const EXAMPLE = /<!-- flowlog\.yml -->\n```yaml\n([\s\S]*?)```/.exec(README)?.[1] ?? '';

function problemsOf(yaml: string): readonly string[] {
  try {
    readConfig({}, yaml);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('the lists in flowlog.yml', () => {
  it('are read as the README shows them', () => {
    const { accounts, sources, prices } = readConfig({}, EXAMPLE);
    expect(accounts).toEqual([
      {
        role: 'arn:aws:iam::222222222222:role/flowlog-reader',
        'external-id': 'an-unguessable-text',
        regions: ['eu-central-1', 'us-east-1'],
      },
    ]);
    expect(prices).toEqual({ 'sa-east-1': 9 });
    expect(sources.slice(0, 1)).toMatchObject([
      {
        name: 'legacy',
        account: '111111111111',
        place: { kind: 's3', bucket: 'my-old-logs', prefix: '', files: { format: 'text' } },
        adopted: {
          database: 'default',
          name: 'vpc_flow_logs',
          columns: { srcaddr: 'sourceaddress', end: 'endtime' },
          partitioning: { grain: 'day', fixed: {}, time: [{ column: 'date', type: 'date' }] },
        },
      },
    ]);
    expect(sources[0]?.fields).toEqual([]);
    expect(sources[1]).toMatchObject({
      name: 'security-lake',
      place: { bucket: '' },
      fields: [],
      adopted: { columns: 'ocsf', database: 'amazon_security_lake_glue_db_eu_central_1' },
    });
    expect(sources[2]?.adopted).toEqual({
      catalog: 's3tablescatalog/aws-cloudwatch',
      database: 'logs',
      name: 'amazon_vpc__flow',
    });
  });

  it.each([
    ['a role that is no ARN', 'accounts:\n  - role: admin\n', '`accounts.0.role`: must be the ARN of a role'],
    [
      'an account without quotes',
      'sources:\n  - { name: a, account: 111111111111, region: eu-west-1, bucket: b-1 }\n',
      '`sources.0.account`',
    ],
    [
      'a setting that there is not',
      'sources:\n  - { name: a, account: "111111111111", region: eu-west-1, bucket: b-1, colour: red }\n',
      '`sources.0`',
    ],
    [
      'a table whose name would need quotes',
      'sources:\n  - { name: a, account: "111111111111", region: eu-west-1, bucket: b-1, table: { database: d, name: "x; drop", partitions: { grain: day, time: [{ column: d, pattern: yyyy }] } } }\n',
      '`sources.0.table.name`: must be a plain name',
    ],
    [
      'a source without a place',
      'sources:\n  - { name: a, account: "111111111111", region: eu-west-1 }\n',
      '`sources.0.bucket`: needs the bucket of its files, or a table',
    ],
    [
      'a table over a bucket without partitions',
      'sources:\n  - { name: a, account: "111111111111", region: eu-west-1, bucket: b-1, table: { database: d, name: t } }\n',
      '`sources.0.table.partitions`: are needed where there is a bucket',
    ],
    [
      'a catalog of another kind',
      'sources:\n  - { name: a, account: "111111111111", region: eu-west-1, table: { catalog: lambda, database: d, name: t } }\n',
      '`sources.0.table.catalog`: must be that of a table bucket',
    ],
    [
      'columns that would need quotes',
      'sources:\n  - { name: a, account: "111111111111", region: eu-west-1, table: { database: d, name: t, columns: { srcaddr: "a\\"; drop" } } }\n',
      '`sources.0.table.columns.srcaddr`: must be a column such as srcaddr or src_endpoint.ip',
    ],
  ])('name what is wrong with %s', (_, yaml, problem) => {
    const problems = problemsOf(yaml);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(problem);
  });
});

it('the app does not call AWS until a region is configured', () => {
  expect(readConfig({})).toMatchObject({ awsRegion: undefined, workgroup: 'flowlog', dollarsQuestion: 0.5 });
  expect(problemsOf('aws-region: Frankfurt\n')[0]).toContain('is not a region such as eu-central-1');
  expect(
    readConfig({ FLOWLOG_AWS_REGIONS: 'eu-west-1, us-east-1', FLOWLOG_OPERATORS: 'U012,U034' }),
  ).toMatchObject({
    awsRegions: ['eu-west-1', 'us-east-1'],
    operators: ['U012', 'U034'],
  });
  expect(problemsOf('operators: ana\n')[0]).toContain('must be ids such as U012ABCDEF');
});
