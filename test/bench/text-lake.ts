import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { SLOT_SECONDS } from '../../src/core/flow-log/slots.ts';

/** A lake of text files of one day, as a flow log of the default format delivers it. */
export interface TextLakeOptions {
  readonly folder: string;
  readonly files: number;
  readonly recordsAFile: number;
  /** When the first slot begins, in epoch seconds. */
  readonly fromSeconds: number;
  /** With the fields of version 5 behind those of the default format. */
  readonly isOfVersion5?: boolean;
}

/** The flow log whose files it writes. */
export const LAKE_FLOW_LOG = {
  account: '123456789012',
  region: 'eu-central-1',
  id: 'fl-0a1b2c3d4e5f60718',
} as const;

const { account: BENCH_ACCOUNT, region: REGION, id: FLOW_LOG } = LAKE_FLOW_LOG;

/**
 * Writes it, each file by DuckDB: 400 interfaces, to each one a connection in twenty from one client that all have, and half
 * of all records with an address of the internet that hardly ever comes again. The same numbers each time.
 */
export async function writeTextLake({
  folder,
  files,
  recordsAFile,
  fromSeconds,
  isOfVersion5 = false,
}: TextLakeOptions): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (let file = 0; file < files; file += 1) {
    const slot = fromSeconds + file * SLOT_SECONDS;
    const [day, minute] = [new Date(slot * 1_000).toISOString(), (at: string) => at.slice(11, 16)];
    const path = join(
      folder,
      ...['AWSLogs', BENCH_ACCOUNT, 'vpcflowlogs', REGION, ...day.slice(0, 10).split('-')],
    );
    await mkdir(path, { recursive: true });
    const time = `${day.slice(0, 10).replaceAll('-', '')}T${minute(day).replace(':', '')}Z`;
    const name = `${BENCH_ACCOUNT}_vpcflowlogs_${REGION}_${FLOW_LOG}_${time}_${hash(file)}.log.gz`;
    await connection.run(
      `COPY (${isOfVersion5 ? withVersion5(recordsOf(file, recordsAFile, slot)) : recordsOf(file, recordsAFile, slot)}) TO '${join(path, name)}' (FORMAT csv, DELIMITER ' ', HEADER, COMPRESSION gzip)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

/** As a flow log with all fields up to version 5 writes them; of most records the last ones have no value. */
function withVersion5(records: string): string {
  return `SELECT * REPLACE (5 AS version), 'vpc-0a1b2c3d4e5f60718' AS "vpc-id", 'subnet-' || right("interface-id", 17) AS "subnet-id",
      'i-' || right("interface-id", 17) AS "instance-id", CASE WHEN srcport = '-' THEN '-' ELSE '19' END AS "tcp-flags",
      CASE WHEN srcport = '-' THEN '-' ELSE 'IPv4' END AS type, srcaddr AS "pkt-srcaddr", dstaddr AS "pkt-dstaddr",
      '${REGION}' AS region, 'euc1-az' || (1 + hash("interface-id") % 3) AS "az-id", '-' AS "sublocation-type",
      '-' AS "sublocation-id", '-' AS "pkt-src-aws-service", '-' AS "pkt-dst-aws-service",
      CASE WHEN srcport IN ('443', '5432') THEN 'egress' WHEN srcport = '-' THEN '-' ELSE 'ingress' END AS "flow-direction",
      CASE WHEN srcport IN ('443', '5432') THEN '8' ELSE '-' END AS "traffic-path"
    FROM (${records})`;
}

/** The fields that it adds, in their order. */
export const VERSION_5_FIELDS = [
  ...[
    'vpc-id',
    'subnet-id',
    'instance-id',
    'tcp-flags',
    'type',
    'pkt-srcaddr',
    'pkt-dstaddr',
    'region',
    'az-id',
  ],
  ...['sublocation-type', 'sublocation-id', 'pkt-src-aws-service', 'pkt-dst-aws-service', 'flow-direction'],
  'traffic-path',
];

function hash(file: number): string {
  return file.toString(16).padStart(8, '0');
}

function recordsOf(file: number, records: number, slot: number): string {
  const ends = slot + SLOT_SECONDS;
  return `WITH numbered AS (SELECT i, hash(i + ${file * records}) AS h FROM range(${records}) AS t(i)),
    drawn AS (SELECT h, (h % 400)::INT AS host, ((h >> 12) % 100)::INT AS kind, ((h >> 20) % 2) = 0 AS reply,
      (h >> 24) AS rest FROM numbered),
    named AS (SELECT *, '10.0.' || (host // 250) || '.' || (host % 250 + 4) AS own,
      CASE WHEN kind < 5 THEN '10.0.9.9'
        WHEN kind < 50 THEN '10.0.' || ((rest % 400) // 250) || '.' || ((rest % 400) % 250 + 4)
        ELSE (rest % 200 + 20) || '.' || ((rest >> 8) % 256) || '.' || ((rest >> 16) % 256) || '.' || ((rest >> 24) % 256) END AS other
      FROM drawn)
    SELECT 2 AS version, '${BENCH_ACCOUNT}' AS "account-id", 'eni-' || lpad(lower(to_hex(host + 4096)), 17, '0') AS "interface-id",
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' WHEN reply THEN own ELSE other END AS srcaddr,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' WHEN reply THEN other ELSE own END AS dstaddr,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' WHEN reply THEN (CASE WHEN kind % 3 = 0 THEN '443' ELSE '5432' END) ELSE (32768 + rest % 28000)::VARCHAR END AS srcport,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' WHEN reply THEN (32768 + rest % 28000)::VARCHAR ELSE (CASE WHEN kind % 3 = 0 THEN '443' ELSE '5432' END) END AS dstport,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' ELSE '6' END AS protocol,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' ELSE (1 + rest % 40)::VARCHAR END AS packets,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' ELSE (40 + rest % 60000)::VARCHAR END AS bytes,
      ${ends} - 1 - (rest % 240) - 60 AS start, ${ends} - 1 - (rest % 240) AS "end",
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN '-' WHEN kind BETWEEN 96 AND 98 THEN 'REJECT' ELSE 'ACCEPT' END AS action,
      CASE WHEN kind = 99 AND rest % 3 = 0 THEN 'NODATA' ELSE 'OK' END AS "log-status"
    FROM named`;
}
