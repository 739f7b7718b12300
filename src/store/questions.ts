import { type Selectable, sql, type Transaction } from 'kysely';
import {
  type AskedLine,
  IN_FLIGHT_LASTS_MS,
  LEASE_LASTS_MS,
  type Remembered,
  SAME_QUESTION_MS,
  type Store,
} from '../core/answer/store.ts';
import { appendAudit } from './audit-trail.ts';
import { createOddLeases } from './odd-leases.ts';
import { endOf, questionEnded } from './question-end.ts';
import { createSpending } from './spending.ts';
import type { StoreDatabase } from './store-database.ts';
import { sweepQuestions } from './sweep-questions.ts';
import type { StoreTables } from './tables.ts';

/** What a process that opens the stores is called; no two that run at once may share it. */
export interface Owner {
  readonly owner: string;
  /** Whether another owner is known to have ended: then its leases are not waited for. */
  readonly isGone?: (owner: string) => boolean;
  /** The clock of what the audit says of operations; 1970 without it. */
  readonly now?: () => Date;
}

const ASKED = [
  ...(['id', 'line', 'person', 'zone', 'place', 'channel', 'thread'] as const),
  ...(['asked_ms', 'same_as'] as const),
] as const;
const ENDED = [
  ...['outcome', 'row_count', 'scanned_bytes', 'estimated_bytes', 'dollars'],
  ...['elapsed_ms', 'run_id', 'finished_ms'],
] as const;

/** One process at a time takes up or renews: two that lock the same rows in another order would wait for each other. */
const LEASES = 'leases';

/** The questions, those in flight with their leases. */
export function createQuestions(
  database: StoreDatabase,
  { owner, isGone = () => false, now = unknownTime }: Owner,
): Store {
  const { db, alone } = database;
  const odd = createOddLeases(owner);
  return {
    ...createSpending(database),
    async begin(asked, { most, sameKey = '' } = {}) {
      const lease = { owner, lease_ms: asked.askedAt.getTime() + LEASE_LASTS_MS };
      const row = { ...rowOf(asked), ...lease, same_key: sameKey };
      if (most === undefined && sameKey === '') return (await inserted(db, row)) ? 'begun' : 'known';
      // Always in this order, so that two never wait for each other.
      return alone([`begin ${asked.person}`, `same ${sameKey}`], async (trx) => {
        const known = await trx
          .selectFrom('question')
          .select('id')
          .where('id', '=', asked.id)
          .executeTakeFirst();
        if (known !== undefined) return 'known';
        if (most !== undefined && (await waitingOf(trx, asked)) >= most) return 'full';
        const same_as = (await sameBefore(trx, asked, sameKey)) ?? '';
        return (await inserted(trx, { ...row, same_as })) ? 'begun' : 'known';
      });
    },
    async started(id, runId) {
      await db
        .updateTable('question')
        .set({ run_id: runId })
        .where('id', '=', id)
        .where('outcome', 'is', null)
        .execute();
    },
    async isPaidByOther(id, runId) {
      const other = await db
        .selectFrom('question as other')
        .innerJoin('question as own', (join) => join.on('own.id', '=', id))
        .select('other.id')
        .where('other.run_id', '=', runId)
        .where('other.id', '<>', id)
        .where(({ eb, ref, or, and }) => {
          const lives = or([eb('other.outcome', 'is', null), eb('other.outcome', '=', 'answered')]);
          const at = eb('other.asked_ms', '=', ref('own.asked_ms'));
          const isFirst = or([
            eb('other.asked_ms', '<', ref('own.asked_ms')),
            and([at, eb('other.id', '<', ref('own.id'))]),
          ]);
          return or([eb('other.dollars', '>', 0), and([lives, isFirst])]);
        })
        .limit(1)
        .executeTakeFirst();
      return other !== undefined;
    },
    async holds(id, at) {
      const { numUpdatedRows } = await db
        .updateTable('question')
        .set({ lease_ms: at.getTime() + LEASE_LASTS_MS })
        .where('id', '=', id)
        .where('owner', '=', owner)
        .where('outcome', 'is', null)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async moveTo(id, place, thread) {
      await db.updateTable('question').set({ place, thread }).where('id', '=', id).execute();
    },
    async find(id) {
      const row = await db.selectFrom('question').select(ASKED).where('id', '=', id).executeTakeFirst();
      return row === undefined ? undefined : askedOf(row);
    },
    async finish(id, finished) {
      await alone([], async (trx) => {
        const ended = await trx
          .updateTable('question')
          .set(endOf(finished))
          .where('id', '=', id)
          .where('outcome', 'is', null)
          .returning(ASKED)
          .executeTakeFirst();
        if (ended !== undefined) await appendAudit(database, trx, questionEnded(ended, finished));
      });
    },
    async inFlight() {
      const rows = await db
        .selectFrom('question')
        .select(ASKED)
        .where('outcome', 'is', null)
        .orderBy('asked_ms')
        .orderBy('id')
        .execute();
      return rows.map(askedOf);
    },
    takeUp: (at, whose = 'all') =>
      alone([LEASES], async (trx) => {
        await odd.end(trx, at);
        return takenUp(trx, { owner, isGone }, at, whose === 'all');
      }),
    renewLeases: (at) => alone([LEASES], (trx) => leaseUntil(trx, owner, at.getTime() + LEASE_LASTS_MS)),
    async recent(limit) {
      const rows = await db
        .selectFrom('question')
        .select([...ASKED, ...ENDED])
        .where('outcome', 'is not', null)
        .orderBy('finished_ms', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(rememberedOf);
    },
    sweep: (before) => sweepQuestions(database, before, now),
  };
}

/** The time of what is written down without one. */
export function unknownTime(): Date {
  return new Date(0);
}

/** Sets until when the questions in flight of a process belong to it. */
export async function leaseUntil(db: StoreDatabase['db'], owner: string, leaseMs: number): Promise<void> {
  await db
    .updateTable('question')
    .set({ lease_ms: leaseMs })
    .where('owner', '=', owner)
    .where('outcome', 'is', null)
    .execute();
}

async function inserted(
  db: StoreDatabase['db'],
  row: ReturnType<typeof rowOf> & Pick<StoreTables['question'], 'owner' | 'lease_ms' | 'same_key'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('question')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** How many questions a person has in flight. */
async function waitingOf(
  trx: Transaction<StoreTables>,
  { person, askedAt }: Pick<AskedLine, 'person' | 'askedAt'>,
): Promise<number> {
  const { waiting } = await trx
    .selectFrom('question')
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('outcome', 'is', null)
    .where('asked_ms', '>=', askedAt.getTime() - IN_FLIGHT_LASTS_MS)
    .where('person', '=', person)
    .executeTakeFirstOrThrow();
  return waiting;
}

/** The first of the equal questions of the last moment that did not fail. A person who asks again wants a new answer. */
async function sameBefore(
  trx: Transaction<StoreTables>,
  { person, askedAt }: Pick<AskedLine, 'person' | 'askedAt'>,
  sameKey: string,
): Promise<string | undefined> {
  if (sameKey === '') return undefined;
  const row = await trx
    .selectFrom('question')
    .select('id')
    .where('same_key', '=', sameKey)
    // The index has no others, which SQLite does not see in a bound value.
    .where('same_key', '<>', sql.lit(''))
    .where('same_as', '=', '')
    .where('asked_ms', '>=', askedAt.getTime() - SAME_QUESTION_MS)
    .where(({ or, and, eb }) =>
      or([eb('outcome', 'is', null), and([eb('outcome', '=', 'answered'), eb('person', '<>', person)])]),
    )
    .orderBy('asked_ms')
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

async function takenUp(
  trx: Transaction<StoreTables>,
  { owner, isGone }: Required<Pick<Owner, 'owner' | 'isGone'>>,
  at: Date,
  withOwn: boolean,
): Promise<readonly AskedLine[]> {
  const others = await trx
    .selectFrom('question')
    .select('owner')
    .distinct()
    .where('outcome', 'is', null)
    .where('owner', '<>', owner)
    .execute();
  for (const other of others) if (isGone(other.owner)) await leaseUntil(trx, other.owner, 0);
  const rows = await trx
    .updateTable('question')
    .set({ owner, lease_ms: at.getTime() + LEASE_LASTS_MS })
    .where('outcome', 'is', null)
    .where(({ eb, or, and }) => {
      const left = and([eb('owner', '<>', owner), eb('lease_ms', '<=', at.getTime())]);
      return withOwn ? or([eb('owner', '=', owner), left]) : left;
    })
    .returning(ASKED)
    .execute();
  return rows.map(askedOf).toSorted(oldestFirst);
}

function oldestFirst(a: AskedLine, b: AskedLine): number {
  return a.askedAt.getTime() - b.askedAt.getTime() || (a.id < b.id ? -1 : 1);
}

function rowOf({ askedAt, ...asked }: AskedLine) {
  const { id, line, person, zone, place, channel, thread, sameAs = '' } = asked;
  return { id, line, person, zone, place, channel, thread, asked_ms: askedAt.getTime(), same_as: sameAs };
}

type Asked = Pick<Selectable<StoreTables['question']>, (typeof ASKED)[number]>;
type Ended = Pick<Selectable<StoreTables['question']>, (typeof ENDED)[number]>;

function askedOf({ asked_ms, same_as, ...rest }: Asked): AskedLine {
  return { ...rest, askedAt: new Date(asked_ms), ...(same_as !== '' && { sameAs: same_as }) };
}

/** @throws RangeError for a question in flight. */
function rememberedOf(row: Asked & Ended): Remembered {
  const { outcome, row_count, scanned_bytes, estimated_bytes, elapsed_ms, ...rest } = row;
  const { dollars, run_id, finished_ms, ...asked } = rest;
  if (outcome === null) throw new RangeError(`the question ${row.id} has not ended`);
  return {
    ...askedOf(asked),
    outcome,
    rows: row_count ?? 0,
    scannedBytes: scanned_bytes ?? 0,
    // Earlier versions did not keep it.
    estimatedBytes: estimated_bytes ?? scanned_bytes ?? 0,
    dollars: dollars ?? 0,
    elapsedMs: elapsed_ms ?? 0,
    runId: run_id ?? '',
    finishedAt: new Date(finished_ms ?? 0),
  };
}
