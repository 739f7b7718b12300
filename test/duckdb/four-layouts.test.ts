import { fourLayouts, MADE_FROM, MADE_UNTIL } from '../support/four-layouts.ts';
import { judgeLayouts, type LayoutSet } from '../support/judge-layouts.ts';
import { MADE_HOST, MADE_SCANNERS } from '../support/made-records.ts';

const MADE_SETS: readonly LayoutSet[] = [
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

const [made] = (await fourLayouts()).filter(({ records }) => records === 'made');
if (made === undefined) throw new RangeError('the made records are always there');
judgeLayouts('made', made.folder, MADE_SETS);
