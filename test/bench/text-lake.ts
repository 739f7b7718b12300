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
      `COPY (${recordsOf(file, recordsAFile, slot)}) TO '${join(path, name)}' (FORMAT csv, DELIMITER ' ', HEADER, COMPRESSION gzip)`,
    );
  }
  connection.closeSync();
  instance.closeSync();
}

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
