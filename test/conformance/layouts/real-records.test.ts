import { expect, it } from 'vitest';
import { fourLayouts } from '../../support/four-layouts.ts';
import { judgeLayouts, type LayoutSet } from '../../support/judge-layouts.ts';

const REAL_SETS: readonly LayoutSet[] = [
  {
    text: 'text-daily',
    parquet: 'parquet-daily',
    windows: [
      ['2024-12-14T16:20Z', '2024-12-14T17:20Z'],
      ['2024-12-14T16:42Z', '2024-12-14T16:43Z'],
      ['2024-12-20T17:00Z', '2024-12-20T19:00Z'],
      ['2024-12-15T00:00Z', '2024-12-15T01:00Z'],
    ],
    address: '10.0.0.0/8',
    other: '104.152.52.0/24',
    pair: ['10.0.101.180', '10.0.2.182'],
  },
  {
    text: 'text-hive-hourly',
    parquet: 'parquet-hive-hourly',
    windows: [
      ['2024-04-19T23:30Z', '2024-04-20T01:30Z'],
      ['2024-04-20T12:00Z', '2024-04-20T12:05Z'],
      ['2024-04-18T23:00Z', '2024-04-22T00:00Z'],
    ],
    address: '64.225.56.201',
    other: '120.245.134.197',
    pair: ['185.125.190.26', '64.225.56.201'],
  },
];

// Here and not in `npm test`, because hundreds of questions over real flow logs take a minute.
const real = (await fourLayouts()).find(({ records }) => records === 'real');
if (real !== undefined) judgeLayouts('real', real.folder, REAL_SETS);
else it.skip('real flow logs are answered alike from text and from Parquet', () => expect.fail());
