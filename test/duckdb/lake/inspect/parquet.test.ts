import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../../../support/flow.ts';
import { openLocalLake, tempFolder } from '../../../support/open-local-lake.ts';
import { writeBytes, writeLake } from '../../../support/write-lake.ts';
import { nameOf, SLOT, withGoodFile } from './with-good-file.ts';

const NAME = nameOf('log.parquet');

/** A Parquet file of many records, as bytes. */
async function whole(): Promise<Buffer> {
  const folder = await tempFolder();
  const records = Array.from({ length: 2_000 }, (_, index) =>
    flow(SLOT + (index % 300), { bytes: index * index }),
  );
  const [key = ''] = await writeLake(folder, records, { format: 'parquet' });
  return readFile(join(folder, key));
}

describe('a Parquet file', () => {
  it('is named when it is truncated, and the rest is answered', async () => {
    const bytes = await whole();
    for (const length of [8, bytes.length / 2, bytes.length - 1]) {
      const found = await withGoodFile(NAME, bytes.subarray(0, length));
      expect(found).toMatchObject({ reason: 'is a truncated Parquet file or none at all', ports: [50_001] });
    }
  });

  it('is named when its footer is damaged', async () => {
    const bytes = await whole();
    const found = await withGoodFile(
      NAME,
      Buffer.from(bytes).fill(0x5a, bytes.length - 300, bytes.length - 8),
    );
    expect(found.reason).toMatch(/Parquet/);
    expect(found.ports).toEqual([50_001]);
  });

  it('is named when its pages are damaged, which shows only while it is read', async () => {
    const bytes = await whole();
    const found = await withGoodFile(NAME, Buffer.from(bytes).fill(0x5a, 8, bytes.length / 2));
    expect(found).toMatchObject({ reason: 'could not be read to its end', ports: [50_001] });
    expect(found.coverage.filesRead).toBe(1);
  });

  it('is named when it has other columns, or numbers as text', async () => {
    const folder = await tempFolder();
    const duckdb = await DuckDBInstance.create(':memory:');
    const connection = await duckdb.connect();
    await connection.run(`COPY (SELECT 1 AS a, 2 AS b) TO '${folder}/a.parquet'`);
    await connection.run(
      `COPY (SELECT '-' AS bytes, '1.2.3.4' AS srcaddr, 1 AS start, 2 AS "end") TO '${folder}/b.parquet'`,
    );
    duckdb.closeSync();
    const { unread } = await (await openLocalLake(folder)).scan(new Date(0), new Date(1));
    expect(unread.map(({ reason }) => reason)).toEqual([
      'is not a flow log: its columns are not those of one',
      'holds `bytes` as text, not as a number',
    ]);
  });

  it('adds up with text of the same records', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON)], { format: 'parquet', account: '111111111111' });
    await writeLake(folder, [flow(NOON)], { account: '222222222222' });
    await writeBytes(join(folder, 'plain.log'), '');
    const lake = await openLocalLake(folder);
    const { rows } = await lake.rows(
      'SELECT srcaddr, CAST(sum(bytes) AS bigint) FROM flow_records GROUP BY srcaddr',
    );
    expect(rows).toEqual([['203.0.113.9', 2_000n]]);
  });
});
