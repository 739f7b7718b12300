import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { AuditFact } from '../core/operation/audit.ts';
import {
  CLAIM_LASTS_MINUTES,
  type Journal,
  type JournalEntry,
  type StepRecord,
} from '../core/operation/journal.ts';
import { appendAudit } from './audit-trail.ts';
import type { StoreDatabase } from './store-database.ts';
import { storedJson } from './stored-json.ts';
import type { StoreTables } from './tables.ts';

const MINUTE_MS = 60_000;

/** The journal of operations, with what their steps found out. */
export function createJournal(database: StoreDatabase, now: () => Date): Journal {
  const { db, alone } = database;
  const find: Journal['find'] = async (id) => {
    const row = await db.selectFrom('operation').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : journalEntryOf(row, await stepsOf(db, id));
  };
  return {
    plan: ({ id, line, person, channel, request, plan, plannedAt }) =>
      alone([], async (trx) => {
        await trx
          .insertInto('operation')
          .values({
            id,
            line,
            person,
            channel,
            state: 'planned',
            planned_in: request,
            plan: JSON.stringify(plan),
            planned_ms: plannedAt.getTime(),
          })
          .execute();
        const facts = { headline: plan.headline, steps: String(plan.steps.length), channel };
        const kind = 'operation planned';
        await appendAudit(database, trx, { kind, at: plannedAt, person, subject: id, line, facts });
      }),
    find,
    async foundOut(name, value) {
      const fact = await db
        .selectFrom('fact')
        .select('operation')
        .where('name', '=', name)
        .where('value', '=', value)
        .orderBy('id', 'desc')
        .limit(1)
        .executeTakeFirst();
      return fact === undefined ? undefined : find(fact.operation);
    },
    claim: (id, request, person, at) =>
      alone([], async (trx) => {
        const abandonedMs = at.getTime() - CLAIM_LASTS_MINUTES * MINUTE_MS;
        const before = await trx
          .selectFrom('operation')
          .select(['state', 'request'])
          .where('id', '=', id)
          .executeTakeFirst();
        const claimed = await trx
          .updateTable('operation')
          .set({ state: 'running', request, claimed_by: person, claimed_ms: at.getTime() })
          .where('id', '=', id)
          .where(({ eb, or, and }) =>
            or([
              eb('state', 'in', ['planned', 'failed']),
              and([
                eb('state', '=', 'running'),
                or([eb('request', '=', request), eb('claimed_ms', '<=', abandonedMs)]),
              ]),
            ]),
          )
          .returning(['line', 'person'])
          .executeTakeFirst();
        if (claimed === undefined) return false;
        // After a restart the same confirmation goes on.
        if (before?.state === 'running' && before.request === request) return true;
        const facts = { plannedBy: claimed.person, request };
        const kind = 'operation confirmed';
        await appendAudit(database, trx, { kind, at, person, subject: id, line: claimed.line, facts });
        return true;
      }),
    step: (id, record) =>
      alone([], async (trx) => {
        await writeStep(trx, id, record);
        if (record.state === 'running') return;
        const { words, state, index } = record;
        const facts = { step: String(index + 1), words };
        const kind = state === 'done' ? 'step done' : 'step failed';
        await appendAudit(database, trx, { kind, at: now(), ...(await confirmedBy(trx, id)), facts });
      }),
    async unfinished(since) {
      const rows = await db
        .selectFrom('operation')
        .selectAll()
        .where('state', 'in', ['running', 'failed'])
        .where('claimed_ms', '>=', since.getTime())
        .orderBy('claimed_ms')
        .orderBy('id')
        .execute();
      return Promise.all(rows.map(async (row) => journalEntryOf(row, await stepsOf(db, row.id))));
    },
    end: (id, state, person) =>
      alone([], async (trx) => {
        const { numUpdatedRows } = await trx
          .updateTable('operation')
          .set({ state })
          .where('id', '=', id)
          .where('state', '=', state === 'cancelled' ? 'planned' : 'running')
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return false;
        const by = await confirmedBy(trx, id);
        const facts = { state };
        const fact = { ...by, person: person ?? by.person, at: now(), facts };
        await appendAudit(database, trx, { kind: 'operation ended', ...fact });
        return true;
      }),
    unwritten: async () => undefined,
    async sweep(before) {
      const { numDeletedRows } = await db
        .deleteFrom('operation')
        .where('state', 'in', ['planned', 'cancelled'])
        .where('planned_ms', '<', before.getTime())
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

/** Who confirmed an operation, or planned it where it was not confirmed, as an entry of the audit says it. */
async function confirmedBy(
  trx: Kysely<StoreTables>,
  subject: string,
): Promise<Pick<AuditFact, 'person' | 'subject' | 'line'>> {
  const row = await trx
    .selectFrom('operation')
    .select(['person', 'claimed_by', 'line'])
    .where('id', '=', subject)
    .executeTakeFirstOrThrow();
  return { person: row.claimed_by ?? row.person, subject, line: row.line };
}

async function writeStep(
  trx: Kysely<StoreTables>,
  operation: string,
  { index: position, state, words, facts }: StepRecord,
): Promise<void> {
  await trx
    .insertInto('step')
    .values({ operation, position, state, words })
    .onConflict((conflict) => conflict.columns(['operation', 'position']).doUpdateSet({ state, words }))
    .execute();
  await trx.deleteFrom('fact').where('operation', '=', operation).where('position', '=', position).execute();
  const found = Object.entries(facts).map(([name, value]) => ({ operation, position, name, value }));
  if (found.length > 0) await trx.insertInto('fact').values(found).execute();
}

async function stepsOf(db: Kysely<StoreTables>, operation: string): Promise<readonly StepRecord[]> {
  const steps = await db
    .selectFrom('step')
    .select(['position', 'state', 'words'])
    .where('operation', '=', operation)
    .orderBy('position')
    .execute();
  const facts = await db
    .selectFrom('fact')
    .select(['position', 'name', 'value'])
    .where('operation', '=', operation)
    .orderBy('id')
    .execute();
  return steps.map(({ position, state, words }) => ({
    index: position,
    state,
    words,
    facts: Object.fromEntries(
      facts.filter((fact) => fact.position === position).map(({ name, value }) => [name, value]),
    ),
  }));
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

/** @throws StoreError when the plan is not of this program. */
function journalEntryOf(
  row: Selectable<StoreTables['operation']>,
  steps: readonly StepRecord[],
): JournalEntry {
  const { planned_in, planned_ms, request, claimed_by, claimed_ms, ...rest } = row;
  return {
    ...rest,
    plan: storedJson(PLAN, rest.plan, `the plan of ${rest.id}`),
    request: planned_in,
    plannedAt: new Date(planned_ms),
    claim:
      request === null
        ? undefined
        : { request, person: claimed_by ?? '', at: new Date(claimed_ms ?? planned_ms) },
    steps,
  };
}
