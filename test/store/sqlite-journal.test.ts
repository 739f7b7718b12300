import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { describeJournal } from '../contract/journal.ts';
import { asked, finished } from '../contract/store-samples.ts';
import { storePath } from './temp-store.ts';

function openJournal(path: string) {
  const store = openSqliteStore(path);
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
}

describeJournal('sqlite in a file', async () => {
  const path = await storePath();
  const store = openJournal(path);
  return {
    journal: store.journal,
    async reopen() {
      await store.close();
      return openJournal(path).journal;
    },
  };
});

describeJournal('sqlite in memory', async () => ({
  journal: openJournal(':memory:').journal,
  reopen: undefined,
}));

it('is one for several processes: what one has claimed the other is refused', async () => {
  const path = await storePath();
  const [one, other] = [openJournal(path).journal, openJournal(path).journal];
  const plan = { headline: 'h', sections: [], steps: [], instead: [] };
  const plannedAt = new Date(0);
  await one.plan({ id: 'op-1', line: 'setup', person: 'U1', channel: 'C1', request: 'r0', plan, plannedAt });
  const claims = [one.claim('op-1', 'r1', 'U1', plannedAt), other.claim('op-1', 'r2', 'U2', plannedAt)];
  expect((await Promise.all(claims)).toSorted()).toEqual([false, true]);
});

/** The table of the first version, before there were channels, threads, estimates and operations. */
const FIRST_SCHEMA = `
CREATE TABLE question (
  id            TEXT PRIMARY KEY,
  line          TEXT NOT NULL,
  person        TEXT NOT NULL,
  zone          TEXT NOT NULL,
  place         TEXT NOT NULL,
  asked_ms      INTEGER NOT NULL,
  outcome       TEXT,
  row_count     INTEGER,
  scanned_bytes INTEGER,
  dollars       REAL,
  elapsed_ms    INTEGER,
  run_id        TEXT,
  finished_ms   INTEGER
) STRICT;
CREATE INDEX question_in_flight ON question (asked_ms) WHERE outcome IS NULL;
CREATE INDEX question_finished ON question (finished_ms) WHERE outcome IS NOT NULL;
INSERT INTO question VALUES ('old', 'to 10.0.1.5', 'U1', 'UTC', '{}', 1000, 'answered', 3, 12000, 0.5, 80, 'run-1', 2000);
INSERT INTO question VALUES ('flying', 'rejected', 'U2', 'UTC', '{}', 3000, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
`;

/** Operations as they were before it was written down which request planned them. */
const EARLIER_OPERATIONS = `
CREATE TABLE operation (
  id TEXT PRIMARY KEY, line TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL, plan TEXT NOT NULL,
  planned_ms INTEGER NOT NULL, state TEXT NOT NULL, request TEXT, claimed_by TEXT, claimed_ms INTEGER
) STRICT;
INSERT INTO operation VALUES ('op-old', 'setup', 'U1', 'C1', '{"headline":"h","sections":[],"steps":[],"instead":[]}',
  1000, 'planned', NULL, NULL, NULL);
`;

it('opens a file whose operations do not tell which request planned them, and they can be confirmed', async () => {
  const path = await storePath();
  mkdirSync(dirname(path), { recursive: true });
  const old = new Database(path);
  old.exec(EARLIER_OPERATIONS);
  old.close();
  const { journal } = openJournal(path);
  expect(await journal.find('op-old')).toMatchObject({ request: '', state: 'planned' });
  expect(await journal.claim('op-old', 'r1', 'U1', new Date(2000))).toBe(true);
});

it('opens a file of the first version, with its questions, and keeps operations in it from then on', async () => {
  const path = await storePath();
  mkdirSync(dirname(path), { recursive: true });
  const old = new Database(path);
  old.exec(FIRST_SCHEMA);
  old.close();
  for (const time of ['once', 'twice']) {
    const store = openJournal(path);
    expect(await store.recent(9)).toMatchObject([
      { id: 'old', line: 'to 10.0.1.5', channel: '', thread: '', dollars: 0.5, estimatedBytes: 12_000 },
    ]);
    expect((await store.inFlight()).map(({ id }) => id)).toEqual(['flying']);
    expect(await store.spent({})).toBe(0.5);
    const plan = { headline: time, sections: [], steps: [], instead: [] };
    const plannedAt = new Date(0);
    const asked = { line: 'x', person: 'U', channel: 'C', request: 'r' };
    await store.journal.plan({ id: `op-${time}`, ...asked, plan, plannedAt });
    expect((await store.journal.find('op-once'))?.plan.headline).toBe('once');
    await store.close();
  }
  const store = openJournal(path);
  await store.begin(asked('new'));
  await store.finish('new', finished(1));
  expect((await store.recent(9)).map(({ id }) => id)).toEqual(['new', 'old']);
});
