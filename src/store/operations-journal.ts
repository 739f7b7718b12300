import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import {
  CLAIM_LASTS_MINUTES,
  type Journal,
  type JournalEntry,
  type StepRecord,
} from '../core/operation/journal.ts';
import type { StoreDatabase } from './store-database.ts';
import { storedJson } from './stored-json.ts';
import type { StoreTables } from './tables.ts';

const MINUTE_MS = 60_000;

/** The journal of operations, with what their steps found out. */
export function createJournal({ db }: StoreDatabase): Journal {
  const find: Journal['find'] = async (id) => {
    const row = await db.selectFrom('operation').selectAll().where('id', '=', id).executeTakeFirst();
    return row === undefined ? undefined : journalEntryOf(row, await stepsOf(db, id));
  };
  return {
    async plan({ id, line, person, channel, request, plan, plannedAt }) {
      await db
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
    },
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
    async claim(id, request, person, at) {
      const abandonedMs = at.getTime() - CLAIM_LASTS_MINUTES * MINUTE_MS;
      const { numUpdatedRows } = await db
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
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async step(id, record) {
      await db.transaction().execute((trx) => writeStep(trx, id, record));
    },
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
    async end(id, state) {
      const { numUpdatedRows } = await db
        .updateTable('operation')
        .set({ state })
        .where('id', '=', id)
        .where('state', '=', state === 'cancelled' ? 'planned' : 'running')
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
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
