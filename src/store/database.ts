import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';

/**
 * One row per question: what was asked, before it is run; how it ended and what it cost, after; which process it belongs
 * to, and until when. One row per operation, and one for each of its steps that was begun. One row per flow log that is
 * deleted because its time is over. One row for each time that an address or an interface had a name, and one for each
 * region whose names were seen.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS question (
  id            TEXT PRIMARY KEY,
  line          TEXT NOT NULL,
  person        TEXT NOT NULL,
  zone          TEXT NOT NULL,
  place         TEXT NOT NULL,
  channel       TEXT NOT NULL DEFAULT '',
  thread        TEXT NOT NULL DEFAULT '',
  asked_ms      INTEGER NOT NULL,
  outcome       TEXT,
  row_count     INTEGER,
  scanned_bytes INTEGER,
  dollars       REAL,
  elapsed_ms    INTEGER,
  run_id        TEXT,
  estimated_bytes INTEGER,
  finished_ms   INTEGER,
  set_aside     REAL,
  owner         TEXT NOT NULL DEFAULT '',
  lease_ms      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS question_in_flight ON question (asked_ms) WHERE outcome IS NULL;
CREATE INDEX IF NOT EXISTS question_finished ON question (finished_ms) WHERE outcome IS NOT NULL;
CREATE TABLE IF NOT EXISTS operation (
  id         TEXT PRIMARY KEY,
  line       TEXT NOT NULL,
  person     TEXT NOT NULL,
  channel    TEXT NOT NULL,
  plan       TEXT NOT NULL,
  planned_ms INTEGER NOT NULL,
  state      TEXT NOT NULL,
  request    TEXT,
  claimed_by TEXT,
  claimed_ms INTEGER,
  planned_in TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS step (
  operation TEXT NOT NULL REFERENCES operation (id),
  position  INTEGER NOT NULL,
  state     TEXT NOT NULL,
  words     TEXT NOT NULL,
  facts     TEXT NOT NULL,
  PRIMARY KEY (operation, position)
) STRICT;
CREATE TABLE IF NOT EXISTS ending (
  flow_log   TEXT PRIMARY KEY,
  resource   TEXT NOT NULL,
  place_left TEXT NOT NULL,
  due_ms     INTEGER NOT NULL,
  state      TEXT NOT NULL,
  since_ms   INTEGER NOT NULL,
  account    TEXT NOT NULL DEFAULT '',
  region     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE IF NOT EXISTS name_span (
  id        INTEGER PRIMARY KEY,
  account   TEXT NOT NULL,
  region    TEXT NOT NULL,
  of_key    TEXT NOT NULL,
  name      TEXT NOT NULL,
  interface TEXT NOT NULL,
  vpc       TEXT NOT NULL,
  from_ms   INTEGER,
  to_ms     INTEGER
) STRICT;
CREATE INDEX IF NOT EXISTS name_span_of ON name_span (of_key);
CREATE INDEX IF NOT EXISTS name_span_open ON name_span (account, region) WHERE to_ms IS NULL;
CREATE TABLE IF NOT EXISTS name_site (
  account TEXT NOT NULL,
  region  TEXT NOT NULL,
  seen_ms INTEGER NOT NULL,
  PRIMARY KEY (account, region)
) STRICT;
`;

/** Columns that came after the first version, by table. */
const LATER_COLUMNS = {
  question: {
    channel: `TEXT NOT NULL DEFAULT ''`,
    thread: `TEXT NOT NULL DEFAULT ''`,
    estimated_bytes: 'INTEGER',
    set_aside: 'REAL',
    owner: `TEXT NOT NULL DEFAULT ''`,
    lease_ms: 'INTEGER NOT NULL DEFAULT 0',
  },
  operation: { planned_in: `TEXT NOT NULL DEFAULT ''` },
  ending: { account: `TEXT NOT NULL DEFAULT ''`, region: `TEXT NOT NULL DEFAULT ''` },
} as const;

/** States that had another word in earlier versions; only words that no state has now. */
const RENAMED_STATES = `
UPDATE ending SET state = 'notifying' WHERE state = 'telling';
UPDATE ending SET state = 'notified' WHERE state = 'told';
`;

/** How long a second process may hold the file before a write gives up. */
const BUSY_MS = 5_000;

/**
 * Opens the file, and creates it with its folder and tables where it is missing, readable by its user alone. A file of an
 * older version gets the columns that came later and the words that states have now. Every write is on disk before it returns.
 */
export function openDatabase(path: string): Database.Database {
  if (path !== ':memory:') makePrivateFile(path);
  const database = new Database(path, { timeout: BUSY_MS });
  database.exec('PRAGMA journal_mode = WAL');
  database.exec('PRAGMA synchronous = FULL');
  database.exec(SCHEMA);
  addLaterColumns(database);
  database.exec(RENAMED_STATES);
  return database;
}

/** SQLite gives the files that it puts next to a database the mode of the database. */
function makePrivateFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}

const COLUMNS = z.array(z.object({ name: z.string() }));

function addLaterColumns(database: Database.Database): void {
  for (const [table, columns] of Object.entries(LATER_COLUMNS)) {
    const there = COLUMNS.parse(database.prepare(`PRAGMA table_info(${table})`).all());
    for (const [name, type] of Object.entries(columns))
      if (!there.some((column) => column.name === name))
        database.exec(`ALTER TABLE ${table} ADD COLUMN ${name} ${type}`);
  }
}
