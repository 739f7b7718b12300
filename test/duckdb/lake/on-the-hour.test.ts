import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../../src/core/flow-log/fields.ts';
import { flow, NOON } from '../../support/flow.ts';
import type { Layout } from '../../support/lake-key.ts';
import { openLake } from '../../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../../support/open-local-lake.ts';
import { type LakeOptions, type LakeRecord, lineOf, writeLake, writeLog } from '../../support/write-lake.ts';

const QUARTER_PAST = 'since 2026-03-05T12:15Z until 2026-03-05T12:30Z';
const DAY = 86_400;
/** Files of the next day: the lake goes on. */
const LATER = [flow(NOON + DAY), flow(NOON + DAY + 300)];

/** What is said of an address that no record has, and the slot ranges without a file, in seconds after noon. */
async function said(records: readonly LakeRecord[], options: LakeOptions) {
  const folder = await tempFolder();
  await writeLake(folder, records, options);
  await writeLake(folder, LATER, { ...options, slotSeconds: 300 });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { headline, coverage } = await ask(`records port=9999 action=accept ${QUARTER_PAST}`);
  await close();
  const missing = coverage.missingSlots.map((slot) => [slot.fromSeconds - NOON, slot.toSeconds - NOON]);
  return { headline, missing };
}

const LAYOUTS: readonly Layout[] = ['daily', 'hourly', 'hive', 'hive-hourly'];
const FORMATS = ['gz', 'plain', 'parquet'] as const;

describe.each(LAYOUTS)('a file named on the hour, in the %s layout', (layout) => {
  it.each(FORMATS)(
    'proves nothing about the rest of its hour when it holds five minutes (%s)',
    async (format) => {
      const { headline, missing } = await said([flow(NOON + 30), flow(NOON + 299)], { layout, format });
      expect(missing).toEqual([[900, 2400]]);
      expect(headline).toMatch(/^Cannot say/);
    },
  );

  it.each(FORMATS)('proves that there was nothing when it holds the hour (%s)', async (format) => {
    const records = [flow(NOON + 30), flow(NOON + 1_000), flow(NOON + 3_570)];
    const { headline, missing } = await said(records, { layout, format, slotSeconds: 3600 });
    expect(missing).toEqual([]);
    expect(headline).toMatch(/the logs of the window are complete/);
  });
});

describe('files of an hour that follow each other', () => {
  const hours = (...which: readonly number[]) =>
    which.flatMap((hour) => [30, 1_800, 3_570].map((second) => flow(NOON + hour * 3600 + second)));
  const HOURLY = { slotSeconds: 3600, layout: 'daily' } as const;

  it.each(FORMATS)('hide no hour for which there is none (%s)', async (format) => {
    const folder = await tempFolder();
    await writeLake(folder, hours(-1, 0, 2, 3, 5), { ...HOURLY, format });
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { coverage, headline } = await ask(
      'records port=9999 since 2026-03-05T12:00Z until 2026-03-05T15:00Z',
    );
    await close();
    const missing = coverage.missingSlots.map((slot) => [slot.fromSeconds - NOON, slot.toSeconds - NOON]);
    expect(missing).toEqual([[3600, 7200]]);
    expect(headline).toMatch(/^Cannot say/);
  });

  it('hide none for a record that ended a little late, in the file of the hour before', async () => {
    const folder = await tempFolder();
    const keys = await writeLake(folder, hours(0, 2, 3), HOURLY);
    const late = [...hours(0), flow(NOON + 3_620)].map((record) => lineOf(record));
    await writeLog(join(folder, keys[0] ?? ''), DEFAULT_FORMAT, late);
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T14:30Z');
    await close();
    expect(coverage.missingSlots).toMatchObject([{ fromSeconds: NOON + 3600, toSeconds: NOON + 7200 }]);
  });

  it('count for their hour where one of them has few records, early in it', async () => {
    const folder = await tempFolder();
    await writeLake(folder, [...hours(0), flow(NOON + 3_610), ...hours(2, 3)], HOURLY);
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { coverage } = await ask('records since 2026-03-05T12:00Z until 2026-03-05T14:30Z');
    await close();
    expect(coverage.missingSlots).toEqual([]);
  });

  it('are read for all of their hour where a few of five minutes lie between them', async () => {
    const folder = await tempFolder();
    await writeLake(folder, hours(0, 1, 2, 3), HOURLY);
    await writeLake(folder, [flow(NOON + 600)], { layout: 'daily' });
    const { ask, close } = await openLake(folder, LONG_AFTER);
    const { rows } = await ask('records since 2026-03-05T12:25Z until 2026-03-05T12:35Z');
    await close();
    expect(rows).toHaveLength(1);
  });
});
