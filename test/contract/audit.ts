import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { type AuditEntry, auditLine } from '../../src/core/operation/audit.ts';
import type { Stores } from '../../src/core/operation/stores.ts';
import type { StoreDatabase } from '../../src/store/store-database.ts';
import { verifyAudit } from '../../src/store/verify-audit.ts';
import { asked, at, finished } from './store-samples.ts';

interface OpenAudit {
  readonly stores: Stores;
  /** Another process on the same place. */
  readonly other: Stores;
  /** The same place, past the stores. */
  readonly database: StoreDatabase;
}

const PLAN = { headline: 'A plan', sections: [], steps: [], instead: [] };

/** What every audit promises, and the other stores about it. */
export function describeAudit(name: string, open: () => Promise<OpenAudit>): void {
  describe(`the audit ${name}`, () => {
    describeWritten(open);
    describeChain(open);
    describeSweep(open);
  });
}

async function all(stores: Stores, since?: Date): Promise<readonly AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for await (const entry of stores.audit.entries(since)) entries.push(entry);
  return entries;
}

async function ask({ store }: Stores, id: string, minute = 1): Promise<void> {
  await store.begin(asked(id));
  await store.finish(id, finished(minute));
}

function describeWritten(open: () => Promise<OpenAudit>): void {
  it('has who asked what, when it ended and what it cost, once, and who stopped it', async () => {
    const { stores } = await open();
    await stores.store.begin(asked('a'));
    await stores.store.finish('a', finished(1, { outcome: 'cancelled', stoppedBy: 'U2' }));
    await stores.store.finish('a', finished(2));
    await stores.store.finish('unknown', finished(3));
    const { line } = asked('a');
    expect(await all(stores)).toMatchObject([
      {
        number: 1,
        kind: 'question ended',
        at: at(1),
        person: 'U1',
        subject: 'a',
        line,
        facts: { outcome: 'cancelled', dollars: '0.05', channel: 'C1', stoppedBy: 'U2', rows: '3' },
      },
    ]);
  });

  it('has who agreed to a price above the limits, once for each price', async () => {
    const { stores } = await open();
    await stores.store.begin(asked('a'));
    const wish = { thread: '', dayBegan: at(0), at: at(1) };
    await stores.store.setAside('a', { ...wish, dollars: 1, limits: { thread: 9, day: 9 } });
    for (const dollars of [2, 2, 3])
      await stores.store.setAside('a', { ...wish, dollars, limits: undefined });
    const entries = await all(stores);
    expect(entries.map(({ kind, person, facts }) => [kind, person, facts.dollars])).toEqual([
      ['spend approved', 'U1', '2'],
      ['spend approved', 'U1', '3'],
    ]);
  });

  it('has who planned, confirmed and called off operations, and how far each came', async () => {
    const { stores } = await open();
    const { journal } = stores;
    for (const id of ['op-1', 'op-2']) {
      const entry = { id, line: 'setup vpc-1', person: 'U1', channel: 'C1', request: 'r0', plan: PLAN };
      await journal.plan({ ...entry, plannedAt: at(0) });
    }
    await journal.claim('op-1', 'r1', 'U2', at(1));
    await journal.claim('op-1', 'r1', 'U2', at(2));
    for (const state of ['running', 'done'] as const)
      await journal.step('op-1', { index: 0, state, words: 'made it', facts: {} });
    await journal.step('op-1', { index: 1, state: 'failed', words: 'not allowed', facts: {} });
    await journal.end('op-1', 'failed');
    await journal.end('op-1', 'failed');
    await journal.end('op-2', 'cancelled', 'U3');
    expect(
      (await all(stores)).map(({ kind, person, subject, facts }) => [kind, person, subject, facts]),
    ).toEqual([
      ['operation planned', 'U1', 'op-1', { channel: 'C1', headline: 'A plan', steps: '0' }],
      ['operation planned', 'U1', 'op-2', { channel: 'C1', headline: 'A plan', steps: '0' }],
      ['operation confirmed', 'U2', 'op-1', { plannedBy: 'U1', request: 'r1' }],
      ['step done', 'U2', 'op-1', { step: '1', words: 'made it' }],
      ['step failed', 'U2', 'op-1', { step: '2', words: 'not allowed' }],
      ['operation ended', 'U2', 'op-1', { state: 'failed' }],
      ['operation ended', 'U3', 'op-2', { state: 'cancelled' }],
    ]);
  });

  it('has the flow logs that were deleted because their time was over, and the history that was', async () => {
    const { stores } = await open();
    const site = { account: '1', region: 'eu-west-1' };
    const ending = { flowLogId: 'fl-1', ...site, resourceId: 'vpc-1', left: 's3://logs/', dueAt: at(0) };
    await stores.endings.note(ending, at(1));
    await stores.endings.move('fl-1', 'due', 'deleted', at(2));
    await stores.endings.move('fl-1', 'deleted', 'notifying', at(3));
    await ask(stores, 'a', 4);
    await stores.store.sweep(at(5));
    const entries = await all(stores);
    expect(entries.map(({ kind, person, subject }) => [kind, person, subject])).toEqual([
      ['flow log expired', 'flowlog', 'fl-1'],
      ['question ended', 'U1', 'a'],
      ['history deleted', 'flowlog', ''],
    ]);
    expect(entries[2]?.facts).toEqual({ questions: '1', before: at(5).toISOString() });
  });

  it('cuts long text, masks secrets, and keeps what no database has out', async () => {
    const { stores } = await open();
    const line = `to 10.0.1.5 xoxb-12-secret \u0000 \ud800 ${'x'.repeat(5_000)}`;
    await stores.audit.note({ ...NOTE, at: at(1), line, facts: { words: '✓'.repeat(9_000) } });
    const [entry] = await all(stores);
    expect(entry?.line).toMatch(/^to 10\.0\.1\.5 x… \uFFFD \uFFFD x+…$/);
    expect(entry?.line).toHaveLength(1_000);
    expect(entry?.facts.words).toHaveLength(500);
    expect(await stores.audit.verify()).toMatchObject({ holds: true });
  });

  it('is written with what it is about, or neither is', async () => {
    const { stores, database } = await open();
    await stores.store.begin(asked('a'));
    await sql`ALTER TABLE ${tableOf(database)} RENAME TO elsewhere`.execute(database.db);
    await expect(stores.store.finish('a', finished(1))).rejects.toThrow();
    expect(await stores.store.inFlight()).toHaveLength(1);
  });
}

const NOTE = { kind: 'audit exported', person: 'terminal', subject: '', line: '', facts: {} } as const;

function tableOf({ schema }: StoreDatabase) {
  return schema === undefined ? sql.table('audit') : sql.table(`${schema}.audit`);
}

/** The verifier that `docs/audit.md` gives to auditors, in another language: it has no code of ours. */
function verifyLines(lines: readonly string[]): boolean {
  let previous = '0'.repeat(64);
  return lines.every((line) => {
    const [, body = '', hash] = /^(.*),"hash":"([0-9a-f]{64})"\}$/.exec(line) ?? [];
    const follows = body.endsWith(`"previous":"${previous}"`);
    previous = createHash('sha256').update(`${body}}`).digest('hex');
    return follows && previous === hash;
  });
}

/** One change of a list of entries that leaves the last one where it is. */
const change = fc.oneof(
  fc.record({
    kind: fc.constant('field'),
    at: fc.nat(),
    field: fc.constantFrom('person', 'line', 'subject'),
  }),
  fc.record({ kind: fc.constantFrom('remove', 'swap', 'insert', 'renumber', 'earlier'), at: fc.nat() }),
);

function changed(
  entries: readonly AuditEntry[],
  { kind, at: anywhere, ...more }: { kind: string; at: number },
) {
  const index = anywhere % (entries.length - 1);
  const copy = [...entries];
  const [here, next] = [entries[index], entries[index + 1]];
  if (here === undefined || next === undefined) throw new RangeError('too few entries');
  if (kind === 'field') {
    const field = 'field' in more ? String(more.field) : 'line';
    copy[index] = { ...here, [field]: `${Reflect.get(here, field)}!` };
  } else if (kind === 'remove') copy.splice(index, 1);
  else if (kind === 'swap')
    copy.splice(index, 2, { ...next, number: here.number }, { ...here, number: next.number });
  else if (kind === 'insert') copy.splice(index, 0, { ...here, subject: 'put in' });
  else if (kind === 'earlier') copy[index] = { ...here, at: new Date(here.at.getTime() - 1) };
  else copy[index] = { ...here, number: here.number + 1 };
  return copy;
}

function describeChain(open: () => Promise<OpenAudit>): void {
  it('holds over entries of several processes at once, without a gap', async () => {
    const { stores, other } = await open();
    const ids = Array.from({ length: 60 }, (_, index) => `q${index}`);
    await Promise.all(ids.map((id, index) => ask(index % 2 === 0 ? stores : other, id)));
    const entries = await all(stores);
    expect(entries.map(({ number }) => number)).toEqual(ids.map((_, index) => index + 1));
    const last = entries.at(-1);
    expect(await other.audit.verify()).toMatchObject({
      holds: true,
      entries: 60,
      first: 1,
      last: { hash: last?.hash },
    });
    expect(verifyLines(entries.map(auditLine))).toBe(true);
  });

  it('is seen to be broken by whatever is changed, removed, swapped or put in, by ours and by another verifier', async () => {
    const { stores } = await open();
    for (let index = 0; index < 12; index += 1) await ask(stores, `q${index}`, index);
    const entries = await all(stores);
    await fc.assert(
      fc.asyncProperty(change, async (one) => {
        const tampered = changed(entries, one);
        expect(await verifyAudit(tampered)).toMatchObject({ holds: false });
        expect(verifyLines(tampered.map(auditLine))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it('says at which entry it breaks in the database itself', async () => {
    const { stores, database } = await open();
    for (let index = 0; index < 5; index += 1) await ask(stores, `q${index}`, index);
    await database.db.updateTable('audit').set({ person: 'U9' }).where('number', '=', 3).execute();
    expect(await stores.audit.verify()).toEqual({ holds: false, number: 3, why: 'changed' });
    await database.db.deleteFrom('audit').where('number', '=', 3).execute();
    expect(await stores.audit.verify()).toEqual({ holds: false, number: 4, why: 'apart' });
    await database.db.deleteFrom('audit').where('number', '<', 4).execute();
    expect(await stores.audit.verify()).toEqual({ holds: false, number: 4, why: 'beginning' });
  });

  it('gives the entries since an instant, of which only some are held at once', async () => {
    const { stores } = await open();
    expect(await stores.audit.verify()).toEqual({ holds: true, entries: 0, first: 1, last: undefined });
    for (let index = 0; index < 1_203; index += 1)
      await stores.audit.note({ ...NOTE, at: at(index % 10), subject: String(index) });
    expect((await all(stores)).map(({ subject }) => subject)).toEqual(
      Array.from({ length: 1_203 }, (_, index) => String(index)),
    );
    expect(await all(stores, at(9))).toHaveLength(120);
  }, 60_000);
}

function describeSweep(open: () => Promise<OpenAudit>): void {
  it('holds after its oldest entries were deleted, of which the entry about that is the proof', async () => {
    const { stores, database } = await open();
    for (let index = 0; index < 6; index += 1) await ask(stores, `q${index}`, index);
    expect(await stores.audit.sweep(at(3), at(9))).toBe(3);
    expect(await stores.audit.sweep(at(3), at(9))).toBe(0);
    expect(await stores.audit.verify()).toMatchObject({
      holds: true,
      entries: 4,
      first: 4,
      last: { number: 7 },
    });
    expect(await stores.audit.sweep(at(5), at(10))).toBe(2);
    expect(await stores.audit.verify()).toMatchObject({ holds: true, first: 6 });
    await database.db.deleteFrom('audit').where('number', '=', 6).execute();
    expect(await stores.audit.verify()).toEqual({ holds: false, number: 7, why: 'beginning' });
  });

  it('deletes no entry that follows one that is to stay', async () => {
    const { stores } = await open();
    for (const minute of [1, 5, 2]) await ask(stores, `q${minute}`, minute);
    expect(await stores.audit.sweep(at(4), at(9))).toBe(1);
    expect((await all(stores)).map(({ subject }) => subject)).toEqual(['q5', 'q2', '']);
  });
}
