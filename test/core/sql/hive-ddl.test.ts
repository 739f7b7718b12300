import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addPartitionsDdl,
  createDatabaseDdl,
  createTableDdl,
  dropTableDdl,
  hiveIdentifier,
  hiveString,
  partitionBatches,
  type TableSpec,
} from '../../../src/core/sql/hive-ddl.ts';
import { readHive, valuesOf } from '../lake/read-hive.ts';

const SPEC: TableSpec = {
  database: 'flowlog',
  name: 'fl_0a',
  columns: [
    { name: 'version', type: 'int' },
    { name: 'end', type: 'bigint' },
    { name: 'pkt_srcaddr', type: 'string' },
  ],
  partitionKeys: [
    { name: 'p_region', type: 'string' },
    { name: 'p_hour', type: 'string' },
  ],
  format: 'text',
  location: 's3://logs/a/AWSLogs/',
  properties: { 'projection.enabled': 'true' },
};

describe('the DDL of a table', () => {
  it('reads text by place, below the header', () => {
    expect(createTableDdl(SPEC)).toBe(
      `CREATE EXTERNAL TABLE IF NOT EXISTS \`flowlog\`.\`fl_0a\` (
  \`version\` int,
  \`end\` bigint,
  \`pkt_srcaddr\` string
)
PARTITIONED BY (\`p_region\` string, \`p_hour\` string)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
LOCATION 's3://logs/a/AWSLogs/'
TBLPROPERTIES (
  'skip.header.line.count' = '1',
  'projection.enabled' = 'true'
)`,
    );
  });

  it('reads Parquet by name, without a header, and may have neither partitions nor properties', () => {
    expect(createTableDdl({ ...SPEC, format: 'parquet', partitionKeys: [], properties: {} })).toBe(
      `CREATE EXTERNAL TABLE IF NOT EXISTS \`flowlog\`.\`fl_0a\` (
  \`version\` int,
  \`end\` bigint,
  \`pkt_srcaddr\` string
)
STORED AS PARQUET
LOCATION 's3://logs/a/AWSLogs/'`,
    );
  });

  it.each(['varchar(3)', 'string) --', ''])('refuses the type %s', (type) => {
    expect(() => createTableDdl({ ...SPEC, columns: [{ name: 'a', type }] })).toThrow(RangeError);
  });

  it.each(['s3://logs/a', 's3://Logs/', 'https://logs/', 's3:///', ''])(
    'refuses the place %s',
    (location) => {
      expect(() => createTableDdl({ ...SPEC, location })).toThrow(RangeError);
    },
  );
});

describe('the DDL of partitions', () => {
  it('adds them with their places', () => {
    const partitions = ['12', '13'].map((hour) => ({
      values: ['eu-central-1', `2026/03/05/${hour}`],
      location: `s3://logs/a/AWSLogs/012345678901/vpcflowlogs/eu-central-1/2026/03/05/${hour}/`,
    }));
    expect(addPartitionsDdl(SPEC, partitions)).toBe(
      `ALTER TABLE \`flowlog\`.\`fl_0a\` ADD IF NOT EXISTS
  PARTITION (\`p_region\` = 'eu-central-1', \`p_hour\` = '2026/03/05/12') LOCATION 's3://logs/a/AWSLogs/012345678901/vpcflowlogs/eu-central-1/2026/03/05/12/'
  PARTITION (\`p_region\` = 'eu-central-1', \`p_hour\` = '2026/03/05/13') LOCATION 's3://logs/a/AWSLogs/012345678901/vpcflowlogs/eu-central-1/2026/03/05/13/'`,
    );
  });

  it('refuses values that do not fit the keys, and nothing at all', () => {
    const one = { values: ['eu-central-1'], location: 's3://logs/' };
    expect(() => addPartitionsDdl(SPEC, [one])).toThrow('1 values for 2 partition keys');
    expect(() => addPartitionsDdl(SPEC, [])).toThrow('no partition to add');
  });
});

it('databases are created and tables dropped by plain names', () => {
  expect(createDatabaseDdl('flowlog')).toBe('CREATE DATABASE IF NOT EXISTS `flowlog`');
  expect(dropTableDdl('flowlog', 'fl_0a')).toBe('DROP TABLE IF EXISTS `flowlog`.`fl_0a`');
});

describe('names and texts from anywhere', () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 40 });
  const plainText = anyText.filter((text) => !/\p{Cc}/u.test(text));
  const awkward = fc.stringMatching(/^['`"\\;()\- ${}a-z]{0,20}$/);

  it('are quoted so that Hive reads them back, one token each, or refused', () => {
    fc.assert(
      fc.property(fc.oneof(plainText, awkward), (text) => {
        expect(readHive(hiveString(text))).toEqual([{ kind: 'text', value: text }]);
      }),
    );
    fc.assert(
      fc.property(fc.oneof(anyText, awkward), (name) => {
        if (/^[a-z_][a-z0-9_]{0,254}$/.test(name)) expect(hiveIdentifier(name)).toBe(`\`${name}\``);
        else expect(() => hiveIdentifier(name)).toThrow(RangeError);
      }),
    );
  });

  it.each(['a\nb', 'a\u0000', '\u007f'])('are refused with control characters: %j', (text) => {
    expect(() => hiveString(text)).toThrow(RangeError);
  });

  it('never change the shape of a statement', () => {
    const words = valuesOf('word', createTableDdl(SPEC));
    fc.assert(
      fc.property(fc.oneof(plainText, awkward), fc.oneof(plainText, awkward), (value, prefix) => {
        const spec = {
          ...SPEC,
          location: `s3://logs/${prefix}/`,
          properties: { 'projection.enabled': value },
        };
        const ddl = createTableDdl(spec);
        expect(valuesOf('word', ddl)).toEqual(words);
        expect(valuesOf('text', ddl).slice(1)).toEqual([
          spec.location,
          'skip.header.line.count',
          '1',
          'projection.enabled',
          value,
        ]);
      }),
    );
  });
});

/** What Athena takes. @see https://docs.aws.amazon.com/athena/latest/ug/service-limits.html */
const STATEMENT_BYTES = 262_144;

const KEYS = ['p_account', 'p_region', 'p_hour'].map((name) => ({ name, type: 'string' }));

const partition = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9/'\\]{1,60}$/),
    fc.stringMatching(/^[a-z0-9é/]{0,80}$/),
    fc.integer({ min: 1, max: 12 }),
  )
  .map(([value, path, times]) => ({
    values: ['123456789012', 'us-east-1', value],
    location: `s3://logs/${`${path}/`.repeat(times)}`,
  }));

it('partitions are cut into batches that each fit into a statement, all of them, in their order', () => {
  fc.assert(
    fc.property(fc.array(partition, { maxLength: 8 }), fc.integer({ min: 1, max: 400 }), (some, times) => {
      const partitions = Array.from({ length: times }, () => some).flat();
      const batches = partitionBatches(partitions);
      expect(batches.flat()).toEqual(partitions);
      for (const batch of batches) {
        const ddl = addPartitionsDdl({ database: 'flowlog', name: 'fl_1', partitionKeys: KEYS }, batch);
        expect(Buffer.byteLength(ddl)).toBeLessThanOrEqual(STATEMENT_BYTES);
        expect(batch.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 60 },
  );
});

it('few statements add many partitions: some forty for ten thousand hours', () => {
  const root =
    's3://flowlog-123456789012-us-east-1/vpc-0a1b2c3d4e5f60718/AWSLogs/123456789012/vpcflowlogs/us-east-1/';
  const hours = Array.from({ length: 10_000 }, (_, hour) => ({
    values: ['123456789012', 'us-east-1', `2026/11/24/${hour}`],
    location: `${root}2026/11/24/${hour}/`,
  }));
  expect(partitionBatches(hours).length).toBeLessThanOrEqual(50);
  expect(partitionBatches([])).toEqual([]);
});
