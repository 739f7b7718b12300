import { expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/index.ts';
import { type Ask, createAsk } from '../../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../../src/core/answer/cost.ts';
import type { Engine } from '../../../src/core/answer/engine.ts';
import { readRequest } from '../../../src/core/operation/request.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { STORY_LINES } from '../../catalog/story-lines.ts';
import { openFakeAthena } from '../../fakes/athena/fake-athena.ts';
import { recordsOf } from '../../fixtures/log-records.ts';
import { writeRecords } from '../../fixtures/write-records.ts';
import { NOW, STORY_WINDOW } from '../../support/ask-fixture.ts';
import { openLocalLake, tempFolder } from '../../support/open-local-lake.ts';
import { failureOf, unstopped } from './a-statement.ts';
import { engineByScan } from './open-athena.ts';

const DAY_SECONDS = 86_400;

/** The story, to be asked of DuckDB and of Athena. */
async function openStory() {
  const folder = await tempFolder();
  await writeRecords(folder, recordsOf());
  const { engine, sources } = await openLocalLake(folder, { now: NOW });
  const fake = await openFakeAthena(engine);
  const asking = (asked: Engine): Ask =>
    createAsk({
      sources,
      engine: asked,
      prices: DEFAULT_PRICES,
      longestWindowSeconds: DAY_SECONDS,
      now: () => NOW,
    });
  return { fake, duckdb: asking(engine), athena: asking(engineByScan(fake)) };
}

function questionOf(line: string): Question {
  const context = { catalog, now: NOW, zone: 'UTC', longestWindowSeconds: DAY_SECONDS };
  const understood = readRequest(`${line} ${STORY_WINDOW}`, context);
  if (!('query' in understood)) throw new RangeError(`${line} asks for help`);
  return understood;
}

it.each([...Object.values(STORY_LINES), 'traffic 10.0.0.0/16 port=443 action=accept', 'to 2001:db8::/32'])(
  'answers %s as DuckDB does',
  async (line) => {
    const { duckdb, athena } = await openStory();
    const options = { signal: unstopped() };
    const [expected, answer] = await Promise.all(
      [duckdb, athena].map((ask) => ask(questionOf(line), options)),
    );
    for (const part of ['rows', 'headline', 'followUps', 'truncated', 'columns'] as const)
      expect(answer?.[part]).toEqual(expected?.[part]);
    // Athena does not report lines that are no records.
    expect(answer?.coverage).toEqual({ ...expected?.coverage, unreadableLines: undefined });
    expect(answer?.run.scannedBytes).toBe(expected?.run.scannedBytes);
  },
);

it('an answer and a stopped question are charged by what Athena read', async () => {
  const { fake, athena } = await openStory();
  const answer = await athena(questionOf('rejected'), { signal: unstopped() });
  expect(answer).toMatchObject({ engine: 'athena', cost: { dollars: 0.000_05, athenaDollars: 0.000_05 } });
  fake.plan({ endless: { scannedBytes: 1_000_000_000_000 } });
  const stop = new AbortController();
  const failure = failureOf(athena(questionOf('rejected'), { signal: stop.signal }));
  setTimeout(() => stop.abort(), 200);
  expect((await failure).billed).toMatchObject({ scannedBytes: 1_000_000_000_000, dollars: 5 });
});

it('a request runs once, whichever process answers it', async () => {
  const { fake, athena } = await openStory();
  const asked = () => athena(questionOf('rejected'), { signal: unstopped(), identity: 'q1' });
  const [one, two] = await Promise.all([asked(), asked()]);
  expect(two.run.id).toBe(one.run.id);
  expect(fake.executions()).toHaveLength(1);
});
