import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderLake } from '../../../src/duckdb/lake/folder-lake.ts';
import { flow, NOON } from '../../support/flow.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { writeBytes, writeLake } from '../../support/write-lake.ts';

const DAY = 86_400;
const { signal } = new AbortController();

describe('the extent of a lake', () => {
  it('reaches from its oldest file to the end of the first slot of its newest', async () => {
    const folder = await tempFolder();
    const ends = [NOON - 400 * DAY, NOON, NOON + 40 * DAY + 301];
    await writeLake(
      folder,
      ends.map((end) => flow(end)),
    );
    expect(await createFolderLake(folder).extent(signal)).toEqual({
      fromSeconds: NOON - 400 * DAY,
      toSeconds: NOON + 40 * DAY + 600,
    });
  });

  it('spans all accounts, regions and layouts', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON)], { region: 'us-east-1' });
    await writeLake(folder, [flow(NOON - DAY)], { layout: 'hive', account: '222222222222' });
    await writeLake(folder, [flow(NOON + DAY)], { layout: 'hive-hourly', prefix: 'x' });
    const extent = await createFolderLake(folder).extent(signal);
    expect(extent).toEqual({ fromSeconds: NOON - DAY, toSeconds: NOON + DAY + 300 });
  });

  it('is that of one flow log, however long ago it stopped while others deliver next to it', async () => {
    const folder = await tempFolder();
    const days = (first: number, amount: number) =>
      Array.from({ length: amount }, (_, day) => flow(NOON + (first + day) * DAY));
    await writeLake(folder, days(0, 2), { flowLog: 'fl-0a' });
    await writeLake(folder, days(-40, 80), { flowLog: 'fl-0b' });
    const lake = createFolderLake(folder, { holds: (name) => name.includes('_fl-0a_') });
    expect(await lake.extent(signal)).toEqual({ fromSeconds: NOON, toSeconds: NOON + DAY + 300 });
  });

  it('passes over folders that are empty', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [flow(NOON)]);
    await mkdir(join(folder, 'AWSLogs/012345678901/vpcflowlogs/eu-central-1/2099/01/01'), {
      recursive: true,
    });
    await mkdir(join(folder, 'AWSLogs/012345678901/vpcflowlogs/eu-central-1/1999/01/01'), {
      recursive: true,
    });
    const extent = await createFolderLake(folder).extent(signal);
    expect(extent).toEqual({ fromSeconds: NOON, toSeconds: NOON + 300 });
  });

  it('orders months and days by number where they are written without zeros', async () => {
    const folder = await tempFolder();
    const name = (stamp: string) => `012345678901_vpcflowlogs_eu-central-1_fl-0a_${stamp}Z_0a.log.gz`;
    await writeBytes(join(folder, 'year=2026/month=9/day=9', name('20260909T0000')), '');
    await writeBytes(join(folder, 'year=2026/month=10/day=10', name('20261010T0000')), '');
    const extent = await createFolderLake(folder).extent(signal);
    expect(extent).toEqual({
      fromSeconds: Date.UTC(2026, 8, 9) / 1000,
      toSeconds: Date.UTC(2026, 9, 10) / 1000 + 300,
    });
  });

  it('is undefined for an empty folder, and for one whose files have no time', async () => {
    const folder = await tempFolder();
    expect(await createFolderLake(folder).extent(signal)).toBeUndefined();
    await writeBytes(join(folder, 'notes/README.md'), 'hello');
    expect(await createFolderLake(folder).extent(signal)).toBeUndefined();
  });
});
