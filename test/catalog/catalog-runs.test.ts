import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { statementFor } from '../../src/core/answer/statement.ts';
import { exampleLine } from '../../src/core/line/write-line.ts';
import { type LogRecord, recordsOf } from '../fixtures/log-records.ts';
import { writeRecords } from '../fixtures/write-records.ts';
import { askFixture, NOW, STORY_WINDOW, storyLake } from '../support/ask-fixture.ts';
import { type OpenLake, openLake } from '../support/open-lake.ts';
import { sharedFolder } from '../support/shared-folder.ts';
import { STORY_LINES } from './story-lines.ts';

const UNKNOWN_INTERFACE = 'eni-0123456789abcdef0';
/** The same records in an order that has nothing to do with the first; the same for every run of the tests. */
function shuffled(records: readonly LogRecord[], seed: number): readonly LogRecord[] {
  const keyed = records.map((record, index) => ({ record, key: ((index + 1) * seed) % 1009 }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ record }) => record);
}

/** Lakes of the story's records in another order each, written once for all queries. */
const SEEDS = [7, 31, 101] as const;
const inOrder = new Map<number, OpenLake>();

beforeAll(async () => {
  for (const seed of SEEDS) {
    const folder = await sharedFolder();
    await writeRecords(folder, shuffled(recordsOf(), seed));
    // Two threads, because they read files in an order of their own.
    inOrder.set(seed, await openLake(folder, NOW, catalog, 2));
  }
});
afterAll(async () => {
  for (const { close } of inOrder.values()) await close();
});

describe.each(catalog.map((query) => [query.name, query] as const))('%s', (name, query) => {
  const line = STORY_LINES[name] ?? '';

  it('runs as its example says', async () => {
    const answer = await askFixture(exampleLine(query).replace(' last 1h', ''), { window: 'last 1h' });
    expect(answer.coverage.filesRead).toBeGreaterThan(0);
    expect(answer.headline).toMatch(/^\S.*\.$/s);
  });

  it('returns the columns that it declares, in their order', async () => {
    const answer = await askFixture(line);
    const declared = Object.keys(query.columns);
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(answer.columns.map((column) => column.name)).toEqual(
      // The flow logs of the story have no reject-reason.
      declared.filter((column) => (query.shown?.includes(column) ?? true) && column !== 'reason'),
    );
    for (const row of answer.rows) expect(Object.keys(row)).toEqual(declared);
  });

  it('has a statement whose order ends it', async () => {
    expect((await askFixture(line)).statement.text).toMatch(/ORDER BY [^()]+\nLIMIT \d+$/);
  });

  it('counts skipped records and silent interfaces, with rows and without any', async () => {
    const found = await askFixture(line);
    // A list is of records of traffic: who was silent is not among them.
    const noData = name === 'records' ? undefined : 7;
    expect(found.coverage).toMatchObject({ skipData: 1, noData });
    expect(found.coverage.matched).toBeGreaterThan(0);
    if (query.args.eni === undefined) return;
    const { rows, coverage } = await askFixture(`${line} eni=${UNKNOWN_INTERFACE}`);
    expect(rows.filter((row) => row.what !== 'no file')).toEqual([]);
    // Only a question about gaps is about the lost flows of an interface themselves.
    expect(coverage).toMatchObject(name === 'gaps' ? { skipData: 0 } : { matched: 0, skipData: 1, noData });
  });

  it.each(SEEDS)('answers the same whatever the order of the records (%i)', async (seed) => {
    const answer = await inOrder.get(seed)?.ask(`${line} ${STORY_WINDOW}`);
    expect(answer?.rows).toEqual((await askFixture(line)).rows);
  });

  it('offers lines that parse and run, over the same window', async () => {
    const { followUps } = await askFixture(line);
    expect(followUps.length).toBeGreaterThan(0);
    expect(new Set(followUps.map(({ label }) => label)).size).toBe(followUps.length);
    for (const followUp of followUps) {
      const answer = await (await storyLake()).ask(followUp.line);
      expect(answer.question.notes).toEqual([]);
      expect(answer.question.line).toBe(followUp.line);
    }
  });

  it('asks the engine for one row more than it shows, and for the counts of coverage', async () => {
    const question = (await storyLake()).question(`${line} ${STORY_WINDOW}`);
    const { statement } = await askFixture(line);
    expect(statementFor(question, statement.scan, 5).text).toMatch(
      name === 'records' ? /LIMIT 106$/ : /LIMIT 7$/,
    );
  });
});
