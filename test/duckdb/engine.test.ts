import { describe, expect, it } from 'vitest';
import { select } from '../contract/engine/select.ts';
import { describeValues } from '../contract/engine/values.ts';
import { describeEngine } from '../contract/engine.ts';
import { flow, NOON } from '../support/flow.ts';
import { openOver, openOverKept } from './open-over.ts';

describeEngine('duckdb', (...written) => openOver(written));
describeEngine('duckdb over what is kept', (...written) => openOverKept(written));

describe('duckdb over Parquet', () => {
  describeValues((...written) => openOver(written, { format: 'parquet' }));
});

it.each(['gz', 'parquet', 'kept'] as const)(
  'knows which file a record is from where a table asks for that (%s)',
  async (format) => {
    const flowLogs = ['fl-0a', 'fl-0b', 'fl-0b1'] as const;
    const written = flowLogs.map((flowLog, index) => ({
      records: [flow(NOON, { bytes: index })],
      options: { flowLog },
    }));
    const { engine, scan } = await (format === 'kept'
      ? openOverKept(written)
      : openOver(written, { format }));
    const tables = scan.tables.map((table) => ({ ...table, flowLogs: [] }));
    const { rows } = await select(
      { engine, scan: { ...scan, tables } },
      `SELECT bytes FROM flow_records WHERE strpos("$path", '_fl-0b_') > 0`,
    );
    expect(rows.map(([bytes]) => Number(bytes))).toEqual([1]);
  },
);

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
