import type { Selectable } from 'kysely';
import type { Finished } from '../core/answer/store.ts';
import type { AuditFact } from '../core/operation/audit.ts';
import type { StoreTables } from './tables.ts';

type AuditedQuestion = Pick<
  Selectable<StoreTables['question']>,
  'id' | 'person' | 'line' | 'channel' | 'asked_ms'
>;

/** The columns of how a question ended. */
export function endOf(finished: Finished) {
  const { outcome, rows, scannedBytes, estimatedBytes, dollars, elapsedMs, runId, finishedAt } = finished;
  return {
    outcome,
    row_count: rows,
    scanned_bytes: scannedBytes,
    estimated_bytes: estimatedBytes,
    dollars,
    elapsed_ms: Math.round(elapsedMs),
    run_id: runId,
    finished_ms: finishedAt.getTime(),
  };
}

/** What the audit says of it. */
export function questionEnded(
  { id, person, line, channel, asked_ms }: AuditedQuestion,
  finished: Finished,
): AuditFact {
  const { outcome, rows, scannedBytes, dollars, elapsedMs, runId, finishedAt, stoppedBy } = finished;
  return {
    kind: 'question ended',
    at: finishedAt,
    person,
    subject: id,
    line,
    facts: {
      outcome,
      rows: String(rows),
      scannedBytes: String(scannedBytes),
      dollars: String(dollars),
      elapsedMs: String(Math.round(elapsedMs)),
      runId,
      channel,
      askedAt: new Date(asked_ms).toISOString(),
      ...(stoppedBy !== undefined && { stoppedBy }),
    },
  };
}
