import { describe, expect, it } from 'vitest';
import { select } from '../../contract/engine/select.ts';
import { describeValues } from '../../contract/engine/values.ts';
import { describeEngine } from '../../contract/engine.ts';
import { flow, NOON } from '../../support/flow.ts';
import { openOver } from './open-over.ts';

describeEngine('duckdb', (...written) => openOver(written));

describe('duckdb over Parquet', () => {
  describeValues((...written) => openOver(written, { format: 'parquet' }));
});

it('counts lines that are no records for each run alone, when several run at once', async () => {
  const broken = { line: 'no record at all', end: NOON + 300 };
  const records = [flow(NOON), flow(NOON + 300), broken, broken];
  const { engine, scan } = await openOver([{ records }]);
  const runs = scan.objects.flatMap((object) =>
    [0, 1, 2].map(() =>
      select({ engine, scan: { ...scan, objects: [object] } }, 'SELECT "end" FROM flow_records'),
    ),
  );
  const counted = (await Promise.all(runs)).map(({ unreadableLines }) => unreadableLines);
  expect(counted).toEqual([0, 0, 0, 2, 2, 2]);
});
