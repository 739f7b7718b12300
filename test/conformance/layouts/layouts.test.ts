import { describe } from 'vitest';
import { madeLayouts, realLayouts } from '../../support/four-layouts.ts';
import { judgeByEachOther, judgeByReader, type LayoutSet, setsIn } from '../../support/judge-layouts.ts';
import { MADE_SETS } from '../../support/made-sets.ts';

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

const real = realLayouts();

// Here and not with the tests of the engine, because hundreds of questions take a minute.
describe.each(setsIn(await madeLayouts(), MADE_SETS))(
  'made flow logs, $name and the same as Parquet',
  judgeByEachOther,
);

describe.skipIf(real === undefined).each(setsIn(real ?? '', REAL_SETS))(
  'real flow logs, $name and the same as Parquet',
  (set) => {
    judgeByReader(set);
    judgeByEachOther(set);
  },
);
