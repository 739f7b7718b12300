import { access, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createSampleLake } from '../../../src/playground/aws/sample-lake.ts';
import { contents, logFiles } from './read-back.ts';
import {
  emptyFolder,
  FIRST_START,
  minutesLater,
  SEED,
  sharedFolder,
  startAt,
  startedFolder,
} from './sample-folder.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe('the first fill', () => {
  it('writes a file for each of the last 180 minutes, in AWS daily layout', async () => {
    const folder = await startedFolder();
    const files = await logFiles(folder);
    expect(files).toHaveLength(180);
    const day = 'AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/0[45]';
    const name = String.raw`123456789012_vpcflowlogs_us-east-1_fl-[0-9a-f]{17}_2026030[45]T\d\d[0-5][05]Z_[0-9a-f]{8}\.log\.gz`;
    for (const file of files) expect(file).toMatch(new RegExp(`^${day}/${name}$`));
    expect(files.some((file) => file.includes('/04/'))).toBe(true);
    expect(files.some((file) => file.includes('/05/'))).toBe(true);
  });

  it('leaves no half-written file behind and keeps the anchor hidden outside the AWSLogs tree', async () => {
    const folder = await startedFolder();
    const names = await readdir(path.join(folder, 'AWSLogs'), { recursive: true });
    expect(names.filter((name) => path.basename(name).startsWith('.'))).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['.sample-network.json', 'AWSLogs']);
    const anchor: unknown = JSON.parse(await readFile(path.join(folder, '.sample-network.json'), 'utf8'));
    expect(anchor).toEqual({ seed: SEED, anchor: '2026-03-05T01:17:00.000Z' });
  });

  it('writes the same bytes for the same seed and clock', async () => {
    const again = await emptyFolder();
    await startAt(again, FIRST_START);
    expect(await contents(again)).toEqual(await contents(await sharedFolder()));
  });

  it('writes other background traffic for another seed', async () => {
    const other = await emptyFolder();
    await startAt(other, FIRST_START, SEED + 1);
    const sizes = async (folder: string) =>
      [...(await contents(folder)).values()].map(({ length }) => length);
    expect(await sizes(other)).not.toEqual(await sizes(await sharedFolder()));
  });

  it('writes the same bytes in another time zone', async () => {
    const folder = await emptyFolder();
    vi.stubEnv('TZ', 'Pacific/Auckland');
    expect(FIRST_START.getTimezoneOffset()).toBe(-13 * 60);
    await startAt(folder, FIRST_START);
    expect(await contents(folder)).toEqual(await contents(await sharedFolder()));
  });
});

describe('landing', () => {
  it('lands minute by minute what one fill writes', async () => {
    const [landed, filled] = [await startedFolder(), await startedFolder()];
    let now = FIRST_START;
    const lake = createSampleLake({ folder: landed, now: () => now, seed: SEED });
    await lake.prepare();
    for (let minute = 1; minute <= 12; minute += 1) {
      now = minutesLater(minute);
      expect(await lake.landDue()).toBe(1);
      expect(await lake.landDue()).toBe(0);
    }
    await startAt(filled, minutesLater(12));
    expect(await contents(landed)).toEqual(await contents(filled));
  });

  it('makes up for the minutes of a short sleep', async () => {
    const folder = await startedFolder();
    let now = FIRST_START;
    const lake = createSampleLake({ folder, now: () => now, seed: SEED });
    await lake.prepare();
    now = minutesLater(50);
    expect(await lake.landDue()).toBe(50);
    expect(await logFiles(folder)).toHaveLength(230);
  });

  it('begins anew after a sleep that is longer than the history', async () => {
    const folder = await startedFolder();
    let now = FIRST_START;
    const lake = createSampleLake({ folder, now: () => now, seed: SEED });
    await lake.prepare();
    now = minutesLater(600);
    expect(await lake.landDue()).toBe(180);
    expect(await logFiles(folder)).toHaveLength(180);
  });

  it('keeps a day and removes what is older', async () => {
    const folder = await startedFolder();
    let now = FIRST_START;
    const lake = createSampleLake({ folder, now: () => now, seed: SEED });
    await lake.prepare();
    const [oldest = ''] = await logFiles(folder);
    for (let hour = 2; hour <= 24; hour += 2) {
      now = minutesLater(hour * 60);
      await lake.landDue();
    }
    expect(await logFiles(folder)).toHaveLength(24 * 60);
    await expect(access(path.join(folder, oldest))).rejects.toThrow('ENOENT');
  });

  it('fails where it cannot write, and lands once it can', async () => {
    const folder = await emptyFolder();
    const blocked = path.join(folder, 'lake');
    await writeFile(blocked, 'a file where the folder should be');
    const lake = createSampleLake({ folder: blocked, now: () => FIRST_START, seed: SEED });
    await expect(lake.landDue()).rejects.toThrow('ENOTDIR');
    await rm(blocked);
    expect(await lake.landDue()).toBe(180);
  });
});
