import { describe, expect, it } from 'vitest';
import { flow, NOON } from '../../support/flow.ts';
import type { Layout } from '../../support/lake-key.ts';
import { openLake } from '../../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../../support/open-local-lake.ts';
import { type LakeOptions, type LakeRecord, writeLake } from '../../support/write-lake.ts';

const QUARTER_PAST = 'since 2026-03-05T12:15Z until 2026-03-05T12:30Z';
const DAY = 86_400;
/** Files of the next day: the lake goes on. */
const LATER = [flow(NOON + DAY), flow(NOON + DAY + 300)];

/** What is said of an address that no record has, and the stretches without a file, in seconds after noon. */
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
