import { z } from 'zod';
import type { JournalEntry, StepRecord } from '../core/operation/journal.ts';

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
