import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { type Audit, type AuditEntry, type AuditFact, FIRST_PREVIOUS } from '../core/operation/audit.ts';
import { redact } from '../core/redact.ts';
import type { StoreDatabase } from './store-database.ts';
import { storedJson } from './stored-json.ts';
import type { StoreTables } from './tables.ts';
import { auditHash, verifyAudit } from './verify-audit.ts';

/** Of all processes one appends at a time, from its look at the last entry to its commit. */
const AUDIT = 'audit';

/** How long texts of an entry may be, in characters: a line that Slack takes is shorter. */
const LONGEST = { word: 200, line: 1_000, fact: 500 } as const;

/** How many entries are read at once. */
const PART = 500;

/** The audit trail; entries about what the other stores write are appended by these, in the same transaction. */
export function createAudit(database: StoreDatabase): Audit {
  const { db, alone } = database;
  return {
    note: (fact) => alone([], (trx) => appendAudit(database, trx, fact)),
    entries: (since) => entriesOf(db, since),
    verify: () => verifyAudit(entriesOf(db, undefined)),
    sweep: (before, at) =>
      alone([AUDIT], async (trx) => {
        const cut = await lastBefore(trx, before);
        if (cut === undefined) return 0;
        const { numDeletedRows } = await trx
          .deleteFrom('audit')
          .where('number', '<=', cut.number)
          .executeTakeFirstOrThrow();
        const facts = { through: String(cut.number), hash: cut.hash, before: before.toISOString() };
        const kind = 'audit deleted';
        await appendAudit(database, trx, { kind, at, person: 'flowlog', subject: '', line: '', facts });
        return Number(numDeletedRows);
      }),
  };
}

/**
 * Appends an entry as the last thing of a transaction, so that others wait for no more than its commit. Texts are cut, and
 * secrets in them are masked.
 */
export async function appendAudit(
  { hold }: Pick<StoreDatabase, 'hold'>,
  trx: Kysely<StoreTables>,
  { kind, at, person, subject, line, facts }: AuditFact,
): Promise<void> {
  await hold(trx, AUDIT);
  const last = await trx
    .selectFrom('audit')
    .select(['number', 'hash'])
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const entry = {
    number: (last?.number ?? 0) + 1,
    at,
    kind,
    person: bounded(person, LONGEST.word),
    subject: bounded(subject, LONGEST.word),
    line: bounded(line, LONGEST.line),
    facts: Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [name, bounded(value, LONGEST.fact)]),
    ),
    previous: last?.hash ?? FIRST_PREVIOUS,
  };
  const { at: _, ...columns } = entry;
  await trx
    .insertInto('audit')
    .values({
      ...columns,
      at_ms: at.getTime(),
      facts: JSON.stringify(entry.facts),
      hash: auditHash(entry),
    })
    .execute();
}

/** Text as every database keeps it: PostgreSQL has no NUL, and neither has halves of characters. */
function bounded(text: string, longest: number): string {
  const whole = Buffer.from(redact(text).replaceAll('\0', '\uFFFD')).toString();
  const characters = Array.from(whole.slice(0, 2 * longest + 2));
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : whole;
}

async function lastBefore(
  trx: Kysely<StoreTables>,
  before: Date,
): Promise<Pick<AuditEntry, 'number' | 'hash'> | undefined> {
  // By numbers, not by instants: a clock may have been put back in between.
  const kept = await trx
    .selectFrom('audit')
    .select('number')
    .where('at_ms', '>=', before.getTime())
    .orderBy('number')
    .limit(1)
    .executeTakeFirst();
  return trx
    .selectFrom('audit')
    .select(['number', 'hash'])
    .where('number', '<', kept?.number ?? Number.MAX_SAFE_INTEGER)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

async function* entriesOf(db: Kysely<StoreTables>, since: Date | undefined): AsyncGenerator<AuditEntry> {
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('number', '>', after)
      .where('at_ms', '>=', since?.getTime() ?? Number.MIN_SAFE_INTEGER)
      .orderBy('number')
      .limit(PART)
      .execute();
    yield* rows.map(entryOf);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PART) return;
    after = last.number;
  }
}

const FACTS = z.record(z.string(), z.string());

function entryOf({ at_ms, kind, facts, ...rest }: Selectable<StoreTables['audit']>): AuditEntry {
  const { number } = rest;
  return {
    ...rest,
    kind,
    at: new Date(at_ms),
    facts: storedJson(FACTS, facts, `entry ${number} of the audit`),
  };
}
