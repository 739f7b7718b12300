import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { expect, it } from 'vitest';
import { LEASE_LASTS_MS } from '../../src/core/answer/store.ts';
import { asked, at, finished } from '../contract/store-samples.ts';
import { openUntilEnd, storePath } from './temp-store.ts';

function writeOldFile(path: string, sql: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const old = new Database(path);
  old.exec(sql);
  old.close();
}

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

/** Operations as they were before they named the request that planned them. */
const EARLIER_OPERATIONS = `
CREATE TABLE operation (
  id TEXT PRIMARY KEY, line TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL, plan TEXT NOT NULL,
  planned_ms INTEGER NOT NULL, state TEXT NOT NULL, request TEXT, claimed_by TEXT, claimed_ms INTEGER
) STRICT;
INSERT INTO operation VALUES ('op-old', 'setup', 'U1', 'C1', '{"headline":"h","sections":[],"steps":[],"instead":[]}',
  1000, 'planned', NULL, NULL, NULL);
`;

it('opens a file whose operations do not name the request that planned them, and they can be confirmed', async () => {
  const path = await storePath();
  writeOldFile(path, EARLIER_OPERATIONS);
  const { journal } = await openUntilEnd(path);
  expect(await journal.find('op-old')).toMatchObject({ request: '', state: 'planned' });
  expect(await journal.claim('op-old', 'r1', 'U1', new Date(2000))).toBe(true);
});

it('opens a file of the first version, with its questions, and keeps operations in it from then on', async () => {
  const path = await storePath();
  writeOldFile(path, FIRST_SCHEMA);
  for (const time of ['once', 'twice']) {
    const { store, journal, close } = await openUntilEnd(path);
    expect(await store.recent(9)).toMatchObject([
      { id: 'old', line: 'to 10.0.1.5', channel: '', thread: '', dollars: 0.5, estimatedBytes: 12_000 },
    ]);
    expect((await store.inFlight()).map(({ id }) => id)).toEqual(['flying']);
    expect(await store.spent({})).toBe(0.5);
    const plan = { headline: time, sections: [], steps: [], instead: [] };
    const plannedAt = new Date(0);
    const asked = { line: 'x', person: 'U', channel: 'C', request: 'r' };
    await journal.plan({ id: `op-${time}`, ...asked, plan, plannedAt });
    expect((await journal.find('op-once'))?.plan.headline).toBe('once');
    await close();
  }
  const { store } = await openUntilEnd(path);
  await store.begin(asked('new'));
  await store.finish('new', finished(1));
  expect((await store.recent(9)).map(({ id }) => id)).toEqual(['new', 'old']);
});

/** Questions as they were before they belonged to a process. */
const WITHOUT_LEASES = `
CREATE TABLE question (
  id TEXT PRIMARY KEY, line TEXT NOT NULL, person TEXT NOT NULL, zone TEXT NOT NULL, place TEXT NOT NULL,
  channel TEXT NOT NULL DEFAULT '', thread TEXT NOT NULL DEFAULT '', asked_ms INTEGER NOT NULL, outcome TEXT,
  row_count INTEGER, scanned_bytes INTEGER, dollars REAL, elapsed_ms INTEGER, run_id TEXT, estimated_bytes INTEGER,
  finished_ms INTEGER, set_aside REAL
) STRICT;
INSERT INTO question (id, line, person, zone, place, asked_ms) VALUES ('flying', 'rejected', 'U2', 'UTC', '{}', 3000);
`;

it('opens a file without leases, whose questions in flight go to the first process that takes them up', async () => {
  const path = await storePath();
  writeOldFile(path, WITHOUT_LEASES);
  const [one, other] = [(await openUntilEnd(path, 'one')).store, (await openUntilEnd(path, 'other')).store];
  expect((await one.takeUp(new Date(4000))).map(({ id }) => id)).toEqual(['flying']);
  expect(await other.takeUp(new Date(4000 + LEASE_LASTS_MS - 1))).toEqual([]);
});

/** Endings as they were when their last two states had other words. */
const EARLIER_ENDINGS = `
CREATE TABLE ending (
  flow_log TEXT PRIMARY KEY, resource TEXT NOT NULL, place_left TEXT NOT NULL, due_ms INTEGER NOT NULL,
  state TEXT NOT NULL, since_ms INTEGER NOT NULL
) STRICT;
INSERT INTO ending VALUES ('fl-1', 'vpc-1', 's3://bucket/', 1000, 'telling', 2000);
INSERT INTO ending VALUES ('fl-2', 'vpc-1', 's3://bucket/', 1000, 'told', 2000);
`;

it('opens a file whose endings have the earlier words for their states, and renames these', async () => {
  const path = await storePath();
  writeOldFile(path, EARLIER_ENDINGS);
  const { endings } = await openUntilEnd(path);
  expect((await endings.in('notifying')).map(({ flowLogId }) => flowLogId)).toEqual(['fl-1']);
  expect((await endings.in('notified')).map(({ flowLogId }) => flowLogId)).toEqual(['fl-2']);
});

it('opens a file without names, and keeps them in it from then on', async () => {
  const path = await storePath();
  writeOldFile(path, FIRST_SCHEMA);
  const site = { account: '123456789012', region: 'us-east-1' };
  const at = new Date(2000);
  const span = { of: '10.0.1.5', name: 'db-1', interfaceId: 'eni-1', vpcId: 'vpc-1' };
  await (await openUntilEnd(path)).names.note(site, [span], at);
  const window = { from: new Date(0), to: new Date(3000) };
  expect(await (await openUntilEnd(path)).names.of(site, ['10.0.1.5'], window)).toMatchObject([
    { name: 'db-1' },
  ]);
});

/** Steps as they were when what they found out was JSON, and scans when they had only their identity. */
const WITHOUT_FACTS = `
CREATE TABLE operation (
  id TEXT PRIMARY KEY, line TEXT NOT NULL, person TEXT NOT NULL, channel TEXT NOT NULL, plan TEXT NOT NULL,
  planned_ms INTEGER NOT NULL, state TEXT NOT NULL, request TEXT, claimed_by TEXT, claimed_ms INTEGER,
  planned_in TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE step (
  operation TEXT NOT NULL REFERENCES operation (id), position INTEGER NOT NULL, state TEXT NOT NULL,
  words TEXT NOT NULL, facts TEXT NOT NULL, PRIMARY KEY (operation, position)
) STRICT;
CREATE TABLE scan (question TEXT PRIMARY KEY, version INTEGER NOT NULL, chosen TEXT NOT NULL) STRICT;
INSERT INTO operation VALUES
  ('op-2', 'setup', 'U1', 'C1', '{"headline":"h","sections":[],"steps":[],"instead":[]}', 2000, 'done', 'r', 'U1', 1, ''),
  ('op-1', 'setup', 'U1', 'C1', '{"headline":"h","sections":[],"steps":[],"instead":[]}', 1000, 'done', 'r', 'U1', 1, '');
INSERT INTO step VALUES
  ('op-2', 0, 'done', 'w', '{"flowLogId":"fl-1","it''s":"\\"b\\""}'),
  ('op-1', 0, 'done', 'w', '{"flowLogId":"fl-1"}'),
  ('op-1', 1, 'done', 'w', '{}');
INSERT INTO scan VALUES
  ('q1', 4, '{"objects":[],"tables":[],"notes":["kept"]}'), ('q1 before', 4, '{"objects":[],"tables":[]}');
`;

it('opens a file whose steps have facts in JSON, and finds what they found out, the latest operation first', async () => {
  const path = await storePath();
  writeOldFile(path, WITHOUT_FACTS);
  for (let start = 0; start < 2; start += 1) {
    const { journal } = await openUntilEnd(path);
    expect((await journal.foundOut('flowLogId', 'fl-1'))?.id).toBe('op-2');
    expect((await journal.find('op-2'))?.steps[0]?.facts).toEqual({ flowLogId: 'fl-1', "it's": '"b"' });
    expect((await journal.find('op-1'))?.steps.map(({ facts }) => facts)).toEqual([
      { flowLogId: 'fl-1' },
      {},
    ]);
  }
});

it('opens a file whose scans have no question, and forgets them with it', async () => {
  const path = await storePath();
  writeOldFile(path, WITHOUT_FACTS);
  const { store, scans } = await openUntilEnd(path);
  await store.begin(asked('q1'));
  expect(await scans.find('q1')).toMatchObject({ notes: ['kept'] });
  await store.finish('q1', finished(1));
  expect(await scans.sweep(at(2))).toBe(2);
});

it('opens a file of an earlier version for several processes that start at once', async () => {
  const path = await storePath();
  writeOldFile(path, FIRST_SCHEMA);
  const stores = await Promise.all(Array.from({ length: 8 }, (_, index) => openUntilEnd(path, `p${index}`)));
  for (const { store } of stores) expect(await store.spent({})).toBe(0.5);
});

it('refuses a file that a newer version has written, says what to do, and leaves it as it is', async () => {
  const path = await storePath();
  await (await openUntilEnd(path)).close();
  writeOldFile(path, `INSERT INTO kysely_migration VALUES ('9999 from the future', '2030-01-01')`);
  for (let start = 0; start < 2; start += 1)
    await expect(openUntilEnd(path)).rejects.toMatchObject({
      name: 'StoreError',
      code: 'newer',
      message: `\`${path}\` was written by a newer version of flowlog, which knows \`9999 from the future\`.`,
      hint: 'Start that version or a later one, or restore a backup from before it was first started.',
    });
});
