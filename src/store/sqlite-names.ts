import type Database from 'libsql';
import { z } from 'zod';
import type { NameHistory } from '../core/lake/name-history.ts';
import type { NameSpan } from '../core/lake/names.ts';

const SQL = {
  seen: 'SELECT seen_ms FROM name_site WHERE account = ? AND region = ?',
  see: `INSERT INTO name_site (account, region, seen_ms) VALUES (?, ?, ?)
    ON CONFLICT (account, region) DO UPDATE SET seen_ms = excluded.seen_ms`,
  open: `SELECT id, of_key, name, interface, vpc, from_ms, to_ms FROM name_span
    WHERE account = ? AND region = ? AND to_ms IS NULL`,
  end: 'UPDATE name_span SET to_ms = ? WHERE id = ?',
  begin: `INSERT INTO name_span (account, region, of_key, name, interface, vpc, from_ms)
    VALUES (?, ?, ?, ?, ?, ?, ?)`,
  of: `SELECT id, of_key, name, interface, vpc, from_ms, to_ms FROM name_span
    WHERE of_key IN (SELECT value FROM json_each(?)) AND account = ? AND region = ? AND coalesce(from_ms, 0) < ?
    ORDER BY from_ms, id`,
  sweep: 'DELETE FROM name_span WHERE to_ms < ?',
} as const;

const SPAN_ROW = z.object({
  id: z.number(),
  of_key: z.string(),
  name: z.string(),
  interface: z.string(),
  vpc: z.string(),
  from_ms: z.number().nullable(),
  to_ms: z.number().nullable(),
});

const SITE_ROW = z.object({ seen_ms: z.number() });

/** Remembers names in the file of the store; a snapshot is written in one transaction. */
export function createSqliteNames(database: Database.Database): NameHistory {
  const seen = database.prepare(SQL.seen);
  const see = database.prepare(SQL.see);
  const open = database.prepare(SQL.open);
  const end = database.prepare(SQL.end);
  const begin = database.prepare(SQL.begin);
  const of = database.prepare(SQL.of);
  const sweep = database.prepare(SQL.sweep);

  function noteNow(account: string, region: string, spans: readonly NameSpan[], atMs: number): void {
    const site: unknown = seen.get(account, region);
    const seenMs = site === undefined ? undefined : SITE_ROW.parse(site).seen_ms;
    // Another process has written down what was there later.
    if (seenMs !== undefined && atMs < seenMs) return;
    const before = new Map(
      open.all(account, region).map((row) => {
        const { id, ...read } = SPAN_ROW.parse(row);
        return [keyOf(spanOf(read)), { id, interfaceId: read.interface }] as const;
      }),
    );
    const interfaces = new Set([...before.values()].map(({ interfaceId }) => interfaceId));
    const now = new Map(spans.map((span) => [keyOf(span), span]));
    for (const [key, { id }] of before) if (!now.has(key)) end.run(seenMs ?? atMs, id);
    for (const [key, span] of now) {
      if (before.has(key)) continue;
      // An interface that was there already has had another name or address until now.
      const wasThere = interfaces.has(span.interfaceId);
      const fromMs = wasThere ? atMs : (span.fromMs ?? (seenMs === undefined ? undefined : atMs));
      begin.run(account, region, span.of, span.name, span.interfaceId, span.vpcId, fromMs ?? null);
    }
    see.run(account, region, atMs);
  }

  // Deferred, it would fail at once where another process writes between the read and the write.
  const note = database.transaction(noteNow).immediate;
  return {
    async note({ account, region }, spans, at) {
      note(account, region, spans, at.getTime());
    },
    of: async ({ account, region }, wanted, { to }) =>
      of.all(JSON.stringify(wanted), account, region, to.getTime()).map((row) => spanOf(SPAN_ROW.parse(row))),
    sweep: async (before) => sweep.run(before.getTime()).changes,
  };
}

/** What is the same name of the same thing, whenever it is seen. */
function keyOf({ of, name, interfaceId, vpcId }: NameSpan): string {
  return JSON.stringify([of, name, interfaceId, vpcId]);
}

function spanOf(row: Omit<z.output<typeof SPAN_ROW>, 'id'>): NameSpan {
  return {
    of: row.of_key,
    name: row.name,
    interfaceId: row.interface,
    vpcId: row.vpc,
    fromMs: row.from_ms ?? undefined,
    toMs: row.to_ms ?? undefined,
  };
}
