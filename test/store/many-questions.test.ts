import Database from 'libsql';
import { expect, it, vi } from 'vitest';
import { z } from 'zod';
import { scanOf } from '../contract/scans.ts';
import { asked, at, finished } from '../contract/store-samples.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

/** A step that looks at each row of a table which grows with what was asked; those in flight are few. */
const LOOKS_AT_ALL =
  /^SCAN (?:question|old|later|other|own|new|audit)\b(?!.*question_in_flight)|\(finished_ms<\?\)$/;

/** In the order of these it stops at the limit. */
const IN_ORDER = /^SCAN audit$|USING INDEX question_finished/;

const STEPS = z.array(z.object({ detail: z.string() }));

/** What SQLite does for a statement. */
function stepsOf(database: Database.Database, text: string): readonly string[] {
  const bound = Array.from(text.matchAll(/\?/g), () => null);
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${text}`).all(bound);
  return STEPS.parse(steps).map(({ detail }) => detail);
}

it('no statement in the life of a question looks at all questions that were asked before', async () => {
  const path = await storePath();
  const { store, scans, audit } = await openUntilEnd(path);
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const reservation = { dollars: 1, thread: 'C1/q1', dayBegan: at(0), at: at(0) };
  await store.begin(asked('q1'), { most: 10, sameKey: 'to 10.0.1.5 last 3600s' });
  await store.setAside('q1', { ...reservation, limits: { thread: 10, day: 100 } });
  await scans.keep('q1', scanOf('log'));
  await store.started('q1', 'run-1');
  await store.isPaidByOther('q1', 'run-1');
  await store.holds('q1', at(0));
  await store.moveTo('q1', '{}', 'C1/q1');
  await store.spent({ thread: 'C1/q1' });
  await store.underWay({ channel: 'C1' }, at(1));
  await store.finish('q1', finished(1));
  await store.takeUp(at(2));
  await store.renewLeases(at(2));
  await store.recent(10);
  await store.sweep(at(0));
  await scans.sweep(at(0));
  await audit.sweep(at(0), at(3));
  const statements = [...new Set(prepare.mock.calls.map(([text]) => text))];
  prepare.mockRestore();
  expect(statements.length).toBeGreaterThan(15);
  const database = new Database(path);
  const slow = statements.flatMap((text) =>
    stepsOf(database, text)
      .filter((step) => LOOKS_AT_ALL.test(step) && !(text.includes(' limit ') && IN_ORDER.test(step)))
      .map((step) => ({ text, step })),
  );
  database.close();
  expect(slow).toEqual([]);
});

it('what was billed on a day is added up without the questions that cost nothing', async () => {
  const path = await storePath();
  const { store } = await openUntilEnd(path);
  for (const [id, dollars] of Object.entries({ free: 0, billed: 0.25, 'billed as well': 0.5 })) {
    await store.begin(asked(id));
    await store.finish(id, finished(1, { dollars }));
  }
  expect(await store.spent({ since: at(0) })).toBe(0.75);
  const sum =
    'SELECT sum(dollars) FROM question WHERE outcome IS NOT NULL AND dollars > 0 AND finished_ms >= ?';
  const database = new Database(path);
  expect(stepsOf(database, sum)).toEqual([expect.stringContaining('COVERING INDEX question_billed')]);
  database.close();
});
