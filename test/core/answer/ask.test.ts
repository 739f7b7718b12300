import { describe, expect, it, onTestFinished } from 'vitest';
import type { Scan } from '../../../src/core/lake/scan.ts';
import type { Row } from '../../../src/core/query/columns.ts';
import { askFixture, STORY_WINDOW, storyLake } from '../../support/ask-fixture.ts';
import { afterNoon, flow, NOON } from '../../support/flow.ts';
import { openLake } from '../../support/open-lake.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { type LakeRecord, writeLake } from '../../support/write-lake.ts';

it('what will be read is reported before it is read', async () => {
  const scans: Scan[] = [];
  const lake = await storyLake();
  const answer = await lake.ask(`timeline ${STORY_WINDOW}`, { onScan: (scan) => scans.push(scan) });
  expect(scans).toHaveLength(1);
  const bytes = scans[0]?.objects.reduce((sum, object) => sum + object.bytes, 0);
  expect(answer.run.scannedBytes).toBe(bytes);
  // Slots 10:00 to 10:35 without 10:25, and the three after the window that may hold its records.
  expect(scans[0]?.objects).toHaveLength(10);
});

it('the embedded engine bills nothing, and the answer says what the same scan costs on Athena', async () => {
  const { cost, engine } = await askFixture('timeline');
  expect(engine).toBe('duckdb');
  expect(cost).toEqual({ dollars: 0, athenaDollars: 0.00005 });
});

it.each([
  ['records', {}, 64, false],
  ['records top=3', {}, 3, true],
  ['records top=3', { rowLimit: 5 }, 5, true],
  ['records', { rowLimit: 58 }, 58, false],
])('shows of %s with %o so many rows: %i', async (line, options, amount, truncated) => {
  const expected = line === 'records' && !('rowLimit' in options) ? 58 : amount;
  const answer = await askFixture(line, options);
  expect(answer.rows).toHaveLength(expected);
  expect(answer.truncated).toBe(truncated);
});

async function openLakeOf(records: readonly LakeRecord[]) {
  const folder = await tempFolder();
  await writeLake(folder, records);
  const lake = await openLake(folder, afterNoon(3_600));
  onTestFinished(lake.close);
  return lake;
}

/** A file for at most so many rows, and what was written into it. */
function fileOf(rowLimit: number) {
  const written: Row[] = [];
  const file = { rowLimit, write: async (_: unknown, rows: readonly Row[]) => void written.push(...rows) };
  return { file, written };
}

const MANY = Array.from({ length: 130 }, (_, srcport) => flow(NOON, { srcport }));
const MANY_WINDOW = `since ${afterNoon(-300).toISOString()} until ${afterNoon(300).toISOString()}`;

describe('an answer with more rows than are shown', () => {
  it('holds those that are shown, has all of them in its file, and counts them', async () => {
    const lake = await openLakeOf(MANY);
    const { file, written } = fileOf(1_000);
    const answer = await lake.ask(`records ${MANY_WINDOW}`, { file });
    expect(answer.rows).toHaveLength(100);
    expect(answer).toMatchObject({ rowCount: 130, truncated: false });
    expect(written).toHaveLength(130);
    expect(written.slice(0, 100)).toEqual(answer.rows);
    // All records went by, so that the lost ones among them are known.
    expect(answer.coverage).toMatchObject({ matched: 130, skipData: 0 });
    expect(answer.headline).toMatch(/^The newest 100 records/);
  });

  it('has as many in its file as that takes, and says that there are others', async () => {
    const lake = await openLakeOf(MANY);
    const { file, written } = fileOf(120);
    const answer = await lake.ask(`records ${MANY_WINDOW}`, { file });
    expect(written).toHaveLength(120);
    expect(answer).toMatchObject({ rowCount: 120, truncated: true });
  });

  it.each([
    ['its rows are as many as are shown', 'records dst=10.0.0.0/32'],
    ['the line says how many rows are wanted', 'records top=3'],
    ['its rows are judged', 'timeline'],
  ])('has no file when %s', async (_, line) => {
    const lake = await openLakeOf(MANY);
    const { file, written } = fileOf(1_000);
    const answer = await lake.ask(`${line} ${MANY_WINDOW}`, { file });
    expect(written).toEqual([]);
    expect(answer.rowCount).toBe(answer.rows.length);
  });
});

it('a question without any file runs nothing, and costs nothing', async () => {
  const { run, cost, rows } = await askFixture('records', { window: 'on 2026-11-01' });
  expect(rows).toEqual([]);
  expect(run).toMatchObject({ id: '', scannedBytes: 0, filesRead: 0 });
  expect(cost).toEqual({ dollars: 0, athenaDollars: 0 });
});

it.each([
  ['cancelled', AbortSignal.abort()],
  ['timed-out', AbortSignal.abort(new DOMException('late', 'TimeoutError'))],
])('stops while it looks for files, and says %s, not that something broke', async (code, signal) => {
  const lake = await storyLake();
  await expect(lake.ask(`records ${STORY_WINDOW}`, { signal })).rejects.toMatchObject({
    name: 'EngineError',
    code,
  });
});

it.each([
  ['2026-11-22T10:50:00Z', undefined],
  ['2026-11-22T11:15:00Z', 5],
])(
  'asked at %s about what ended at 10:40, takes a result of so many minutes: %s',
  async (askedAt, reusedMinutes) => {
    const lake = await storyLake();
    const { statement } = await lake.ask(`timeline ${STORY_WINDOW}`, { askedAt: new Date(askedAt) });
    expect(statement.reusedMinutes).toBe(reusedMinutes);
  },
);
