import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import type { Layout } from '../../support/lake-key.ts';
import { openLake } from '../../support/open-lake.ts';
import { LONG_AFTER, openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { lineOf, writeBytes, writeLake, writeLog } from '../../support/write-lake.ts';

const HOUR = 3600;
const DAY_OF_HOURS = Array.from({ length: 24 }, (_, hour) => NOON + (hour - 12) * HOUR + 30);
const DAY_OF_SLOTS = Array.from({ length: 288 }, (_, slot) => NOON + (slot - 144) * 300 + 30);
const LAYOUTS: readonly Layout[] = ['daily', 'hourly', 'hive', 'hive-hourly'];

describe.each(LAYOUTS)('a question about one hour of a day in the %s layout', (layout) => {
  it('lists the twelve five-minute files of that hour and the three in which late records end', async () => {
    const folder = await tempFolder();
    await writeLake(
      folder,
      DAY_OF_SLOTS.map((end) => flow(end)),
      { layout, format: 'plain' },
    );
    const lake = await openLocalLake(folder);
    const { objects } = await lake.scan(afterNoon(0), afterNoon(HOUR));
    const starts = objects.map(({ slot }) => (slot?.fromSeconds ?? 0) - NOON);
    expect(starts).toEqual(Array.from({ length: 15 }, (_, index) => index * 300));
  });

  it('never opens the files of other hours: they may as well be garbage', async () => {
    const folder = await tempFolder();
    const keys = await writeLake(
      folder,
      DAY_OF_SLOTS.map((end) => flow(end)),
      { layout },
    );
    const needed = new Set(keys.slice(144, 144 + 15));
    for (const key of keys) if (!needed.has(key)) await writeBytes(join(folder, key), 'garbage');
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T13:00Z');
    await close();
    expect(coverage).toMatchObject({ filesFailed: [], filesRead: 15, matched: 13, unreadableLines: 0 });
  });

  it('reads an hourly file for every minute of its hour', async () => {
    const folder = await tempFolder();
    const records = DAY_OF_HOURS.flatMap((end) => [flow(end), flow(end + HOUR - 60)]);
    await writeLake(folder, records, { layout, slotSeconds: 3600 });
    const lake = await openLocalLake(folder);
    const { objects } = await lake.scan(afterNoon(50 * 60), afterNoon(59 * 60));
    expect(objects.map(({ slot }) => slot)).toEqual([
      { fromSeconds: NOON, toSeconds: NOON + HOUR },
      { fromSeconds: NOON + HOUR, toSeconds: NOON + 2 * HOUR },
    ]);
  });
});

describe('files whose time is not known', () => {
  const record = '2 012345678901 eni-0a 203.0.113.9 10.0.1.5 50001 443 6 1 40';
  const line = (end: number) => `2026-03-05T12:00:31.000Z ${record} ${end - 30} ${end} ACCEPT OK`;
  const KEY = 'exportedlogs/8f0c/eni-0a-all/000000.log';

  it('are looked into for every window, and have the time of their records', async () => {
    const folder = await tempFolder();
    await writeBytes(join(folder, KEY), `${line(NOON + 30)}\n${line(NOON + 700)}\n`);
    const lake = await openLocalLake(folder);
    const { objects, extent } = await lake.scan(afterNoon(0), afterNoon(60));
    expect(objects).toMatchObject([
      {
        slot: { fromSeconds: NOON, toSeconds: NOON + 900 },
        ends: { fromSeconds: NOON + 30, toSeconds: NOON + 701 },
      },
    ]);
    expect(extent).toBeUndefined();
    expect((await lake.rows('SELECT dstport, log_status FROM flow_records')).rows).toEqual([
      [443n, 'OK'],
      [443n, 'OK'],
    ]);
  });

  it('are not read for a window in which none of their records ended', async () => {
    const folder = await tempFolder();
    await writeBytes(join(folder, KEY), `${line(NOON + 30)}\n`);
    const lake = await openLocalLake(folder);
    expect(await lake.scan(afterNoon(-90 * 86_400), afterNoon(-89 * 86_400))).toMatchObject({ objects: [] });
    expect(await lake.scan(afterNoon(31), afterNoon(60))).toMatchObject({ objects: [] });
    expect((await lake.scan(afterNoon(30), afterNoon(60))).objects).toHaveLength(1);
    expect((await lake.scan(afterNoon(-60), afterNoon(-30))).objects).toHaveLength(1);
  });

  it.each(['log', 'parquet'])(
    'do not switch off the search for missing files when they can be read (%s)',
    async (ending) => {
      const folder = await tempFolder();
      const fill = Array.from({ length: 16 }, (_, slot) => flow(NOON + slot * 300 + 30));
      await writeLake(folder, fill.toSpliced(3, 1));
      await writeLog(join(folder, `kept/some.${ending}`), DEFAULT_FORMAT, [lineOf(flow(NOON - 7_200))]);
      const { ask, close } = await openLake(folder, LONG_AFTER);
      const { coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T12:30Z');
      await close();
      expect(coverage.missingSlots).toMatchObject([{ fromSeconds: NOON + 900, toSeconds: NOON + 1200 }]);
    },
  );

  it('are left out where their folder has the time', async () => {
    const folder = await tempFolder();
    const day = 'AWSLogs/012345678901/vpcflowlogs/eu-central-1/2026/03/04';
    await writeBytes(join(folder, day, 'part-0000.log.gz'), 'garbage');
    const lake = await openLocalLake(folder);
    expect(await lake.scan(afterNoon(0), afterNoon(HOUR))).toMatchObject({ objects: [], unread: [] });
    const theDay = await lake.scan(afterNoon(-86_400), afterNoon(-80_000));
    expect(theDay.unread.map(({ key }) => key)).toEqual([`${day}/part-0000.log.gz`]);
  });
});
