import { expect, it } from 'vitest';
import { hiveErrors } from '../../support/dialect/hive-errors.ts';

it.each([
  [
    `CREATE EXTERNAL TABLE IF NOT EXISTS \`flowlog\`.\`fl_1\` (\`version\` int, \`end\` bigint, \`pkt_srcaddr\` string)
     PARTITIONED BY (\`p_account\` string, \`p_hour\` string)
     ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '
     LOCATION 's3://logs/AWSLogs/'
     TBLPROPERTIES ('skip.header.line.count'='1', 'projection.enabled'='true')`,
  ],
  [`CREATE EXTERNAL TABLE a (b string) STORED AS PARQUET LOCATION 's3://logs/'`],
  [
    `ALTER TABLE a ADD IF NOT EXISTS PARTITION (p_hour='2026/09/20/22') LOCATION 's3://logs/22/' PARTITION (p_hour='2026/09/20/23') LOCATION 's3://logs/23/'`,
  ],
  ['CREATE DATABASE IF NOT EXISTS `flowlog`'],
  ['DROP TABLE IF EXISTS `flowlog`.`fl_1`'],
  ['MSCK REPAIR TABLE a'],
])('takes %s', async (ddl) => {
  expect(await hiveErrors(ddl)).toEqual([]);
});

it.each([
  ["CREATE EXTERNAL TABLE a (b string LOCATION 's3://logs/'"],
  ["CREATE EXTERNAL TABLE a (end-time string) LOCATION 's3://logs/'"],
  ["ALTER TABLE a ADD PARTITION p_hour='1'"],
  ['CREATE EXTERNAL TABLE a (b string) LOCATION s3://logs/'],
])('refuses %s', async (ddl) => {
  expect(await hiveErrors(ddl)).not.toEqual([]);
});
