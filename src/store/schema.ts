/**
 * One row per question: what was asked, before it is run; how it ended and what it cost, after. One row per operation,
 * and one for each step of it that was begun. One row per flow log that is deleted because its time is over.
 */
export const SCHEMA = `
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
  set_aside     REAL
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
`;

/** Columns that came after the first version, by table: a file that was made before gets them when it is opened. */
export const LATER_COLUMNS = {
  question: {
    channel: `TEXT NOT NULL DEFAULT ''`,
    thread: `TEXT NOT NULL DEFAULT ''`,
    estimated_bytes: 'INTEGER',
    set_aside: 'REAL',
  },
  operation: { planned_in: `TEXT NOT NULL DEFAULT ''` },
  ending: { account: `TEXT NOT NULL DEFAULT ''`, region: `TEXT NOT NULL DEFAULT ''` },
} as const;
