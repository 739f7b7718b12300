import type { Kysely, Selectable } from 'kysely';
import type { NameHistory } from '../core/lake/name-history.ts';
import type { NameSpan } from '../core/lake/names.ts';
import { chunksOf, type StoreDatabase } from './store-database.ts';
import type { StoreTables } from './tables.ts';

/** The names of addresses and interfaces; a snapshot is written in one transaction. */
export function createNameSpans({ db, alone }: StoreDatabase): NameHistory {
  return {
    async note({ account, region }, spans, at) {
      await alone([`names ${account} ${region}`], (trx) =>
        noteNow(trx, { account, region }, spans, at.getTime()),
      );
    },
    async of({ account, region }, wanted, { to }) {
      const rows: SpanRow[] = [];
      for (const some of chunksOf([...new Set(wanted)]))
        rows.push(
          ...(await db
            .selectFrom('name_span')
            .select(SPAN)
            .where('of_key', 'in', some)
            .where('account', '=', account)
            .where('region', '=', region)
            .where(({ eb, or }) => or([eb('from_ms', 'is', null), eb('from_ms', '<', to.getTime())]))
            .execute()),
        );
      return rows.toSorted(earliestFirst).map(spanOf);
    },
    async sweep(before) {
      const { numDeletedRows } = await db
        .deleteFrom('name_span')
        .where('to_ms', '<', before.getTime())
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}

const SPAN = ['id', 'of_key', 'name', 'interface', 'vpc', 'from_ms', 'to_ms'] as const;

type SpanRow = Pick<Selectable<StoreTables['name_span']>, (typeof SPAN)[number]>;

async function noteNow(
  trx: Kysely<StoreTables>,
  site: { readonly account: string; readonly region: string },
  spans: readonly NameSpan[],
  atMs: number,
): Promise<void> {
  const seen = await trx
    .selectFrom('name_site')
    .select('seen_ms')
    .where('account', '=', site.account)
    .where('region', '=', site.region)
    .executeTakeFirst();
  // Another process has written down what was there later.
  if (seen !== undefined && atMs < seen.seen_ms) return;
  const open = await trx
    .selectFrom('name_span')
    .select(SPAN)
    .where('account', '=', site.account)
    .where('region', '=', site.region)
    .where('to_ms', 'is', null)
    .execute();
  const before = new Map(open.map((row) => [keyOf(spanOf(row)), row]));
  const now = new Map(spans.map((span) => [keyOf(span), span]));
  const ended = [...before].filter(([key]) => !now.has(key)).map(([, { id }]) => id);
  for (const ids of chunksOf(ended))
    await trx
      .updateTable('name_span')
      .set({ to_ms: seen?.seen_ms ?? atMs })
      .where('id', 'in', ids)
      .execute();
  const interfaces = new Set(open.map((row) => row.interface));
  const begun = [...now]
    .filter(([key]) => !before.has(key))
    .map(([, span]) => {
      // An interface that was there already has had another name or address until now.
      const wasThere = interfaces.has(span.interfaceId);
      const fromMs = wasThere ? atMs : (span.fromMs ?? (seen === undefined ? null : atMs));
      const { of: of_key, name, interfaceId, vpcId: vpc } = span;
      return { ...site, of_key, name, interface: interfaceId, vpc, from_ms: fromMs };
    });
  for (const rows of chunksOf(begun)) await trx.insertInto('name_span').values(rows).execute();
  await trx
    .insertInto('name_site')
    .values({ ...site, seen_ms: atMs })
    .onConflict((conflict) => conflict.columns(['account', 'region']).doUpdateSet({ seen_ms: atMs }))
    .execute();
}

/** What is the same name of the same thing, whenever it is seen. */
function keyOf({ of, name, interfaceId, vpcId }: NameSpan): string {
  return JSON.stringify([of, name, interfaceId, vpcId]);
}

/** What began before anything was known comes first. */
function earliestFirst(a: SpanRow, b: SpanRow): number {
  return (a.from_ms ?? -1) - (b.from_ms ?? -1) || a.id - b.id;
}

function spanOf(row: SpanRow): NameSpan {
  return {
    of: row.of_key,
    name: row.name,
    interfaceId: row.interface,
    vpcId: row.vpc,
    fromMs: row.from_ms ?? undefined,
    toMs: row.to_ms ?? undefined,
  };
}
