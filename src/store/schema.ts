/** One row per question: what was asked, before it is run; how it ended and what it cost, after. */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS question (
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
CREATE INDEX IF NOT EXISTS question_in_flight ON question (asked_ms) WHERE outcome IS NULL;
CREATE INDEX IF NOT EXISTS question_finished ON question (finished_ms) WHERE outcome IS NOT NULL;
`;
