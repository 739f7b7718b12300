import { type ExpressionBuilder, type Kysely, type Selectable, sql } from 'kysely';
import {
  IN_FLIGHT_LASTS_MS,
  type Reservation,
  type ReservationResult,
  type Reserving,
  type Spending,
  type SpendScope,
} from '../core/answer/store.ts';
import type { AuditFact } from '../core/operation/audit.ts';
import { appendAudit } from './audit-trail.ts';
import type { StoreDatabase } from './store-database.ts';
import type { StoreTables } from './tables.ts';

/** Of all transactions that compare with the limits one runs at a time, so that none overlooks what another sets aside. */
const BUDGET = 'budget';

/** What was billed and what is set aside. */
export function createSpending(database: StoreDatabase): Spending & Reserving {
  const { db, alone } = database;
  return {
    async spent(scope) {
      const { dollars } = await billedTo(db, scope).executeTakeFirstOrThrow();
      return dollars;
    },
    async underWay(scope, at) {
      const { dollars } = await setAsideFor(db, scope, at).executeTakeFirstOrThrow();
      return dollars;
    },
    setAside: (id, wish) =>
      alone([BUDGET], async (trx) => {
        const limit = await limitPassed(trx, id, wish);
        if (limit !== undefined) return limit;
        if (id === undefined) return 'set-aside';
        const changed = await trx
          .updateTable('question')
          .set({ set_aside: wish.dollars })
          .where('id', '=', id)
          .where('outcome', 'is', null)
          .where(({ eb, or }) => or([eb('set_aside', 'is', null), eb('set_aside', '<>', wish.dollars)]))
          .returning(['person', 'line', 'channel'])
          .executeTakeFirst();
        if (changed !== undefined && wish.limits === undefined)
          await appendAudit(database, trx, spendApproved(id, changed, wish));
        return 'set-aside';
      }),
  };
}

/** A person has written `spend=`, or pressed the button that does. */
function spendApproved(
  subject: string,
  { person, line, channel }: Pick<Selectable<StoreTables['question']>, 'person' | 'line' | 'channel'>,
  { dollars, at }: Reservation,
): AuditFact {
  return { kind: 'spend approved', at, person, subject, line, facts: { dollars: String(dollars), channel } };
}

/** The limit that the dollars would pass; undefined when they are within both. */
async function limitPassed(
  db: Kysely<StoreTables>,
  but: string | undefined,
  { dollars, thread, limits, dayBegan, at }: Reservation,
): Promise<Exclude<ReservationResult, 'set-aside'> | undefined> {
  if (limits === undefined) return undefined;
  // One statement: between two, a question could end and be counted in neither sum.
  const sums = await db
    .selectNoFrom([
      billedTo(db, { thread }).as('threadBilled'),
      setAsideFor(db, { thread }, at, but).as('threadAside'),
      billedTo(db, { since: dayBegan }).as('dayBilled'),
      setAsideFor(db, {}, at, but).as('dayAside'),
    ])
    .executeTakeFirstOrThrow();
  const inThread = thread === '' ? 0 : (sums.threadBilled ?? 0) + (sums.threadAside ?? 0);
  if (inThread + dollars > limits.thread) return 'thread';
  const today = (sums.dayBilled ?? 0) + (sums.dayAside ?? 0);
  return today + dollars > limits.day ? 'day' : undefined;
}

/** Dollars billed to questions that have ended. */
function billedTo(db: Kysely<StoreTables>, { since, ...whose }: SpendScope) {
  const ended = db
    .selectFrom('question')
    .select(({ fn, lit }) => fn.coalesce(fn.sum<number>('dollars'), lit(0)).as('dollars'))
    .where('outcome', 'is not', null)
    // The index of what was billed has no others, and the sum without them is the same.
    .where('dollars', '>', sql.lit(0))
    .where((question) => matches(question, whose));
  return since === undefined ? ended : ended.where('finished_ms', '>=', since.getTime());
}

/** Dollars set aside for questions that wait or run at an instant, but for one of them. */
function setAsideFor(db: Kysely<StoreTables>, whose: Omit<SpendScope, 'since'>, at: Date, but?: string) {
  const waiting = db
    .selectFrom('question')
    .select(({ fn, lit }) => fn.coalesce(fn.sum<number>('set_aside'), lit(0)).as('dollars'))
    .where('outcome', 'is', null)
    .where('asked_ms', '>=', at.getTime() - IN_FLIGHT_LASTS_MS)
    .where((question) => matches(question, whose));
  return but === undefined ? waiting : waiting.where('id', '<>', but);
}

function matches(
  question: ExpressionBuilder<StoreTables, 'question'>,
  { person, channel, thread }: Omit<SpendScope, 'since'>,
) {
  const wanted = Object.entries({ person, channel, thread }).filter(([, value]) => value !== undefined);
  return question.and(Object.fromEntries(wanted));
}
