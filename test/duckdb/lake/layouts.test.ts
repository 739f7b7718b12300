import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import type { Layout } from '../../support/lake-key.ts';
import { openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { writeLake } from '../../support/write-lake.ts';

const LAYOUTS: readonly Layout[] = ['daily', 'hourly', 'hive', 'hive-hourly'];
const FORMATS = ['gz', 'plain', 'parquet'] as const;
const PREFIXES = ['', 'logs/network', '2023', '2023/01/05', 'archive/2023/10', 'year=2023/month=10'];
const COUNT = 'SELECT count(*) AS n, CAST(sum(bytes) AS bigint) AS b FROM flow_records';

describe.each(LAYOUTS)('a lake in the %s layout', (layout) => {
  it.each(FORMATS)('is read when its files are %s', async (format) => {
    const folder = await tempFolder();
    const keys = await writeLake(folder, [flow(NOON + 30), flow(NOON + 330, { bytes: 7 })], {
      layout,
      format,
    });
    const lake = await openLocalLake(folder);
    const scan = await lake.scan(afterNoon(0), afterNoon(600));
    expect(scan.objects.map(({ key }) => key)).toEqual(keys);
    expect(scan.unread).toEqual([]);
    expect((await lake.rows(COUNT)).rows).toEqual([[2n, 1007n]]);
  });

  it.each(PREFIXES)('is found below the prefix "%s"', async (prefix) => {
    const folder = await tempFolder();
    const keys = await writeLake(folder, [flow(NOON + 30)], { layout, prefix });
    const lake = await openLocalLake(folder);
    const { objects, storedRange } = await lake.scan(afterNoon(0), afterNoon(600));
    expect(objects.map(({ key }) => key)).toEqual(keys);
    expect(storedRange).toEqual({ fromSeconds: NOON, toSeconds: NOON + 300 });
  });

  it('adds several accounts and regions up', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON + 30)], { layout, account: '111111111111', region: 'us-east-1' });
    await writeLake(folder, [flow(NOON + 31)], { layout, account: '111111111111', region: 'ap-northeast-1' });
    await writeLake(folder, [flow(NOON + 32)], { layout, account: '222222222222', region: 'us-gov-west-1' });
    const lake = await openLocalLake(folder);
    expect((await lake.rows(COUNT, { from: afterNoon(0), to: afterNoon(60) })).rows).toEqual([[3n, 3000n]]);
  });

  it('is read when the folder given is that of one region', async () => {
    const folder = await tempFolder();
    const [key = ''] = await writeLake(folder, [flow(NOON + 30)], { layout });
    const region = key.slice(0, key.indexOf('/2026') < 0 ? key.indexOf('/year=') : key.indexOf('/2026'));
    const lake = await openLocalLake(join(folder, region));
    expect((await lake.scan(afterNoon(0), afterNoon(60))).objects).toHaveLength(1);
    expect((await lake.scan(afterNoon(86_400), afterNoon(90_000))).objects).toEqual([]);
  });
});

describe('a lake of several layouts', () => {
  it('is one source, priced for the region that its paths name', async () => {
    const folder = await tempFolder();
    for (const layout of LAYOUTS) {
      await writeLake(folder, [flow(NOON + 30)], { layout, prefix: layout, region: 'eu-west-3' });
    }
    const lake = await openLocalLake(folder);
    const { source, objects } = await lake.scan(afterNoon(0), afterNoon(60));
    expect(objects).toHaveLength(4);
    expect(source).toMatchObject({ name: 'the lake', region: 'eu-west-3' });
  });

  it('says that its files have different fields, and which', async () => {
    const folder = await tempFolder();
    const fields = ['end', 'start', 'dstaddr', 'srcaddr', 'log-status', 'pkt-srcaddr'];
    await writeLake(folder, [flow(NOON + 30)]);
    await writeLake(folder, [flow(NOON + 31, { 'pkt-srcaddr': '10.9.9.9' })], { fields, prefix: 'other' });
    const lake = await openLocalLake(folder);
    const { fieldsInPart } = await lake.scan(afterNoon(0), afterNoon(60));
    expect(fieldsInPart).toEqual(expect.arrayContaining(['interface-id', 'pkt-srcaddr']));
    expect(fieldsInPart).not.toContain('srcaddr');
    const { rows } = await lake.rows('SELECT srcaddr, dstaddr, pkt_srcaddr FROM flow_records ORDER BY "end"');
    expect(rows).toEqual([
      ['203.0.113.9', '10.0.1.5', null],
      ['203.0.113.9', '10.0.1.5', '10.9.9.9'],
    ]);
  });
});
