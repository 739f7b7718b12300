import type Database from 'libsql';
import { CLAIM_LASTS_MINUTES, type Journal, type JournalEntry } from '../core/operation/journal.ts';
import { journalEntryOf, operationIdOf } from './journal-rows.ts';
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
