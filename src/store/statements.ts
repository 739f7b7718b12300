/** What is read of a question in flight. */
const ASKED = 'id, line, person, zone, place, channel, thread, asked_ms';
/** What is read of a finished one. */
const REMEMBERED = `${ASKED}, outcome, row_count, scanned_bytes, dollars, elapsed_ms, run_id, estimated_bytes, finished_ms`;

/** The SQL of the store, by what it does. */
export const STATEMENTS = {
  begin: `INSERT INTO question (${ASKED})
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8
    WHERE ?10 IS NULL OR ?10 > (SELECT count(*) FROM question WHERE outcome IS NULL AND asked_ms >= ?9 AND person = ?3)
    ON CONFLICT (id) DO NOTHING`,
  move: 'UPDATE question SET place = ?, thread = ? WHERE id = ?',
  finish: `UPDATE question
    SET outcome = ?, row_count = ?, scanned_bytes = ?, dollars = ?, elapsed_ms = ?, run_id = ?, estimated_bytes = ?, finished_ms = ?
    WHERE id = ? AND outcome IS NULL`,
  find: `SELECT ${ASKED} FROM question WHERE id = ?`,
  inFlight: `SELECT ${ASKED} FROM question WHERE outcome IS NULL ORDER BY asked_ms, id`,
  recent: `SELECT ${REMEMBERED} FROM question WHERE outcome IS NOT NULL ORDER BY finished_ms DESC, id LIMIT ?`,
  spent: `SELECT coalesce(sum(dollars), 0) AS dollars FROM question
    WHERE outcome IS NOT NULL AND finished_ms >= coalesce(?, 0) AND person = coalesce(?, person)
      AND channel = coalesce(?, channel) AND thread = coalesce(?, thread)`,
  underWay: `SELECT coalesce(sum(set_aside), 0) AS dollars FROM question
    WHERE outcome IS NULL AND asked_ms >= ?1 AND person = coalesce(?2, person) AND channel = coalesce(?3, channel)
      AND thread = coalesce(?4, thread) AND id <> coalesce(?5, '')`,
  setAside: 'UPDATE question SET set_aside = ? WHERE id = ? AND outcome IS NULL',
  plan: `INSERT INTO operation (id, line, person, channel, planned_in, plan, planned_ms, state)
    VALUES (?, ?, ?, ?, ?, ?, ?, 'planned')`,
  operation: `SELECT id, line, person, channel, planned_in, plan, planned_ms, state, request, claimed_by, claimed_ms
    FROM operation WHERE id = ?`,
  steps: 'SELECT position, state, words, facts FROM step WHERE operation = ? ORDER BY position',
  claim: `UPDATE operation SET state = 'running', request = ?1, claimed_by = ?2, claimed_ms = ?3
    WHERE id = ?4 AND (state IN ('planned', 'failed') OR (state = 'running' AND (request = ?1 OR claimed_ms <= ?5)))`,
  foundOut: `SELECT operation AS id FROM step WHERE json_extract(facts, '$.' || ?) = ? ORDER BY rowid DESC LIMIT 1`,
  step: `INSERT INTO step (operation, position, state, words, facts) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (operation, position) DO UPDATE
    SET state = excluded.state, words = excluded.words, facts = excluded.facts`,
  end: `UPDATE operation SET state = ?1
    WHERE id = ?2 AND ((?1 = 'cancelled' AND state = 'planned') OR (?1 <> 'cancelled' AND state = 'running'))`,
  noteEnding: `INSERT INTO ending (flow_log, account, region, resource, place_left, due_ms, state, since_ms)
    VALUES (?, ?, ?, ?, ?, ?, 'due', ?)
    ON CONFLICT (flow_log) DO NOTHING`,
  endings: `SELECT flow_log, account, region, resource, place_left, due_ms, since_ms FROM ending
    WHERE state = ? ORDER BY since_ms, flow_log`,
  moveEnding: 'UPDATE ending SET state = ?, since_ms = ? WHERE flow_log = ? AND state = ?',
} as const;
