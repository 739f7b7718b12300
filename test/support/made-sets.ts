import { MADE_FROM, MADE_UNTIL } from './four-layouts.ts';
import type { LayoutSet } from './judge-layouts.ts';
import { MADE_HOST, MADE_SCANNERS } from './made-records.ts';

/** The lakes of made records, in the folder that `fourLayouts` names. */
export const MADE_SETS: readonly LayoutSet[] = [
  {
    text: 'text-daily',
    parquet: 'parquet-daily',
    windows: [
      [MADE_FROM.daily, MADE_UNTIL.daily],
      ['2026-03-05T12:42Z', '2026-03-05T12:43Z'],
      ['2026-03-05T15:00Z', '2026-03-05T16:00Z'],
    ],
    address: MADE_HOST,
    other: MADE_SCANNERS,
    pair: ['198.51.100.1', MADE_HOST],
  },
  {
    text: 'text-hive-hourly',
    parquet: 'parquet-hive-hourly',
    windows: [
      ['2026-03-05T23:30Z', '2026-03-06T00:30Z'],
      ['2026-03-06T00:00Z', '2026-03-06T00:05Z'],
      [MADE_FROM.hourly, MADE_UNTIL.hourly],
    ],
    address: '10.0.0.0/8',
    other: MADE_SCANNERS,
    pair: ['198.51.100.1', MADE_HOST],
  },
];
