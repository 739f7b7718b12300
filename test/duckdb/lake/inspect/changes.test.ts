import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../../src/core/flow-log/fields.ts';
import { collected } from '../../../support/collected.ts';
import { afterNoon, flow, NOON } from '../../../support/flow.ts';
import { openLocalLake, tempFolder } from '../../../support/open-local-lake.ts';
import { lineOf, writeBytes, writeLake, writeLog } from '../../../support/write-lake.ts';

const PORTS = 'SELECT srcport, pkt_srcaddr FROM flow_records ORDER BY srcport';
const FIELDS = [...DEFAULT_FORMAT, 'pkt-srcaddr'];
const { signal } = new AbortController();

/** A lake of two files, chosen for a question that has not run yet; only the second has the packet's source. */
async function chosen() {
  const folder = await tempFolder();
  await writeLake(folder, [flow(NOON, { srcport: 1 })]);
  const [key = ''] = await writeLake(folder, [flow(NOON + 300, { srcport: 2 })], { fields: FIELDS });
  const lake = await openLocalLake(folder);
  const scan = await lake.scan(afterNoon(0), afterNoon(600));
  const run = () => collected(lake.engine, { text: PORTS, bound: [], scan }, signal);
  return { folder, key, file: join(folder, key), run };
}

describe('between the choice of files and the run', () => {
  it('a file may go away: it is named, and the rest is answered, though it alone had a field', async () => {
    const { key, file, run } = await chosen();
    await rm(file);
    const { rows, unread, filesRead } = await run();
    expect(rows).toEqual([[1n, null]]);
    expect(filesRead).toBe(1);
    expect(unread).toMatchObject([{ key, reason: 'is not there any more' }]);
  });

  it('all files may go away: each is named, and the count is of nothing', async () => {
    const { folder, run } = await chosen();
    await rm(join(folder, 'AWSLogs'), { recursive: true });
    const { rows, unread, filesRead, scannedBytes } = await run();
    expect({ rows, filesRead, scannedBytes }).toEqual({ rows: [], filesRead: 0, scannedBytes: 0 });
    expect(unread).toHaveLength(2);
  });

  it('a file may change its columns: it is read by its new header', async () => {
    const { file, run } = await chosen();
    const fields = FIELDS.toReversed();
    await writeLog(file, fields, [
      lineOf(flow(NOON + 300, { srcport: 3, 'pkt-srcaddr': '10.0.0.1' }), fields),
    ]);
    expect((await run()).rows).toEqual([
      [1n, null],
      [3n, '10.0.0.1'],
    ]);
  });

  it('a file may become something else: it is named', async () => {
    const { key, file, run } = await chosen();
    await writeBytes(file, 'garbage');
    expect(await run()).toMatchObject({
      rows: [[1n, null]],
      unread: [{ key, reason: 'is a damaged gzip file' }],
    });
  });
});

describe('a file that was looked at before', () => {
  it('is looked at again when it has changed', async () => {
    const folder = await tempFolder();
    const [key = ''] = await writeLake(folder, [flow(NOON)], { format: 'plain' });
    const lake = await openLocalLake(folder);
    expect((await lake.scan(afterNoon(0), afterNoon(60))).unread).toEqual([]);
    await writeBytes(join(folder, key), 'no flow log at all\n');
    expect((await lake.scan(afterNoon(0), afterNoon(60))).unread).toHaveLength(1);
    await writeLog(join(folder, key), DEFAULT_FORMAT, [lineOf(flow(NOON + 1))]);
    expect((await lake.scan(afterNoon(0), afterNoon(60))).unread).toEqual([]);
  });
});
