import type Database from 'libsql';
import { z } from 'zod';
import {
  CLAIM_LASTS_MINUTES,
  type Journal,
  type JournalEntry,
  type StepRecord,
} from '../core/ports/journal.ts';
import { STATEMENTS } from './statements.ts';

const MINUTE_MS = 60_000;

/** The embedded journal of operations, in the file of the store; every write is on disk before it returns. */
export function createSqliteJournal(database: Database.Database): Journal {
  const plan = database.prepare(STATEMENTS.plan);
  const operation = database.prepare(STATEMENTS.operation);
  const steps = database.prepare(STATEMENTS.steps);
  const claim = database.prepare(STATEMENTS.claim);
  const step = database.prepare(STATEMENTS.step);
  const end = database.prepare(STATEMENTS.end);
  const foundOut = database.prepare(STATEMENTS.foundOut);

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

const plain = z.json();
const line = z.object({ label: z.string(), line: z.string() });

const plan = z.object({
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
      input: z.record(z.string(), plain),
      words: z.string(),
      calls: z.array(z.string()),
      cost: z.string(),
      undo: z.string(),
    }),
  ),
  typed: z.string().exactOptional(),
  instead: z.array(line),
});

const operation = z.object({
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

const step = z.object({
  position: z.number(),
  state: z.enum(['running', 'done', 'failed']),
  words: z.string(),
  facts: z.string(),
});

/** Reads an operation and its steps. @throws ZodError when the file is not of this program. */
export function journalEntryOf(row: unknown, steps: readonly unknown[]): JournalEntry {
  const { planned_in, planned_ms, request, claimed_by, claimed_ms, ...rest } = operation.parse(row);
  return {
    ...rest,
    plan: plan.parse(JSON.parse(rest.plan)),
    request: planned_in,
    plannedAt: new Date(planned_ms),
    claim:
      request === null
        ? undefined
        : { request, person: claimed_by ?? '', at: new Date(claimed_ms ?? planned_ms) },
    steps: steps.map(stepOf),
  };
}

/** Reads the id of an operation. @throws ZodError when the file is not of this program. */
export function operationIdOf(row: unknown): string {
  return z.object({ id: z.string() }).parse(row).id;
}

function stepOf(row: unknown): StepRecord {
  const { position, facts, ...rest } = step.parse(row);
  return { ...rest, index: position, facts: z.record(z.string(), z.string()).parse(JSON.parse(facts)) };
}
