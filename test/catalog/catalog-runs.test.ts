import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { statementFor } from '../../src/core/answer/statement.ts';
import { exampleLine } from '../../src/core/line/write-line.ts';
import { askFixture, STORY_WINDOW, storyLake } from '../support/ask-fixture.ts';
import { STORY_LINES } from './story-lines.ts';

const UNKNOWN_INTERFACE = 'eni-0123456789abcdef0';

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
