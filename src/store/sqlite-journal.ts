import type Database from 'libsql';
import { z } from 'zod';
import {
  CLAIM_LASTS_MINUTES,
  type Journal,
  type JournalEntry,
  type StepRecord,
} from '../core/operation/journal.ts';

const SQL = {
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
} as const;

const MINUTE_MS = 60_000;

/** The embedded journal of operations, in the file of the store; every write is on disk before it returns. */
export function createSqliteJournal(database: Database.Database): Journal {
  const plan = database.prepare(SQL.plan);
  const operation = database.prepare(SQL.operation);
  const steps = database.prepare(SQL.steps);
  const claim = database.prepare(SQL.claim);
  const step = database.prepare(SQL.step);
  const end = database.prepare(SQL.end);
  const foundOut = database.prepare(SQL.foundOut);

  function find(id: string): JournalEntry | undefined {
    const row: unknown = operation.get(id);
    return row === undefined ? undefined : journalEntryOf(row, steps.all(id));
  }

  return {
    async plan(entry) {
      const { id, line, person, channel, request, plannedAt } = entry;
      plan.run(id, line, person, channel, request, JSON.stringify(entry.plan), plannedAt.getTime());
    },
    find: async (id) => find(id),
    async foundOut(fact, value) {
      const row: unknown = foundOut.get(fact, value);
      return row === undefined ? undefined : find(operationIdOf(row));
    },
    async claim(id, request, person, at) {
      const abandonedMs = at.getTime() - CLAIM_LASTS_MINUTES * MINUTE_MS;
      return claim.run(request, person, at.getTime(), id, abandonedMs).changes === 1;
    },
    async step(id, { index, state, words, facts }) {
      step.run(id, index, state, words, JSON.stringify(facts));
    },
    end: async (id, state) => end.run(state, id).changes === 1,
  };
}

const OFFER = z.object({ label: z.string(), line: z.string() });

const PLAN = z.object({
  headline: z.string(),
  sections: z.array(
    z.object({
      title: z.string().exactOptional(),
      lines: z.array(z.string()).exactOptional(),
      table: z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.string())) }).exactOptional(),
      code: z.string().exactOptional(),
    }),
  ),
  steps: z.array(
    z.object({
      kind: z.string(),
      input: z.record(z.string(), z.json()),
      words: z.string(),
      calls: z.array(z.string()),
      cost: z.string(),
      undo: z.string(),
    }),
  ),
  typed: z.string().exactOptional(),
  instead: z.array(OFFER),
});

const OPERATION_ROW = z.object({
  id: z.string(),
  line: z.string(),
  person: z.string(),
  channel: z.string(),
  planned_in: z.string(),
  plan: z.string(),
  planned_ms: z.number(),
  state: z.enum(['planned', 'running', 'done', 'failed', 'cancelled']),
  request: z.string().nullable(),
  claimed_by: z.string().nullable(),
  claimed_ms: z.number().nullable(),
});

const STEP_ROW = z.object({
  position: z.number(),
  state: z.enum(['running', 'done', 'failed']),
  words: z.string(),
  facts: z.string(),
});

/** @throws ZodError when the file is not of this program. */
function journalEntryOf(row: unknown, steps: readonly unknown[]): JournalEntry {
  const { planned_in, planned_ms, request, claimed_by, claimed_ms, ...rest } = OPERATION_ROW.parse(row);
  return {
    ...rest,
    plan: PLAN.parse(JSON.parse(rest.plan)),
    request: planned_in,
    plannedAt: new Date(planned_ms),
    claim:
      request === null
        ? undefined
        : { request, person: claimed_by ?? '', at: new Date(claimed_ms ?? planned_ms) },
    steps: steps.map(stepOf),
  };
}

/** @throws ZodError when the file is not of this program. */
function operationIdOf(row: unknown): string {
  return z.object({ id: z.string() }).parse(row).id;
}

function stepOf(row: unknown): StepRecord {
  const { position, facts, ...rest } = STEP_ROW.parse(row);
  return { ...rest, index: position, facts: z.record(z.string(), z.string()).parse(JSON.parse(facts)) };
}
