/** What is read of a question in flight. */
const ASKED = 'id, line, person, zone, place, asked_ms';
/** What is read of a finished one. */
const REMEMBERED = `${ASKED}, outcome, row_count, scanned_bytes, dollars, elapsed_ms, run_id, finished_ms`;

/** The SQL of the store, by what it does. */
export const STATEMENTS = {
  begin: `INSERT INTO question (${ASKED}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
  move: 'UPDATE question SET place = ? WHERE id = ?',
  finish: `UPDATE question
    SET outcome = ?, row_count = ?, scanned_bytes = ?, dollars = ?, elapsed_ms = ?, run_id = ?, finished_ms = ?
    WHERE id = ? AND outcome IS NULL`,
  inFlight: `SELECT ${ASKED} FROM question WHERE outcome IS NULL ORDER BY asked_ms, id`,
  recent: `SELECT ${REMEMBERED} FROM question WHERE outcome IS NOT NULL ORDER BY finished_ms DESC, id LIMIT ?`,
  spent: 'SELECT coalesce(sum(dollars), 0) AS dollars FROM question WHERE finished_ms >= ?',
} as const;
