import type { Kysely } from 'kysely';
import { LEASE_LASTS_MS } from '../core/answer/store.ts';
import type { StoreTables } from './tables.ts';

/** Later than this no lease ends, but for a clock that was put back since, or one of another machine that is ahead. */
const LATEST_MS = 2 * LEASE_LASTS_MS;

/** What another process has in flight under a lease that ends too late. */
interface OddLease {
  readonly leaseMs: number;
  readonly seenMs: number;
}

/** Ends leases that end too late and are not renewed: an hour that a clock was put back is no reason to wait for it. */
export function createOddLeases(owner: string) {
  let seen: ReadonlyMap<string, OddLease> = new Map();
  return {
    /** Called again and again. A lease that stayed the same for as long as one lasts is over from then on. */
    async end(db: Kysely<StoreTables>, at: Date): Promise<void> {
      const nowMs = at.getTime();
      const rows = await db
        .selectFrom('question')
        .select(['id', 'lease_ms'])
        .where('outcome', 'is', null)
        .where('owner', '<>', owner)
        .where('lease_ms', '>', nowMs + LATEST_MS)
        .execute();
      const odd = new Map(rows.map(({ id, lease_ms }) => [id, seenAs(seen.get(id), lease_ms, nowMs)]));
      seen = odd;
      for (const [id, { seenMs, leaseMs }] of odd)
        if (nowMs - seenMs >= LEASE_LASTS_MS)
          await db
            .updateTable('question')
            .set({ lease_ms: 0 })
            .where('id', '=', id)
            .where('lease_ms', '=', leaseMs)
            .execute();
    },
  };
}

function seenAs(before: OddLease | undefined, leaseMs: number, nowMs: number): OddLease {
  const isSame = before?.leaseMs === leaseMs && before.seenMs <= nowMs;
  return isSame ? before : { leaseMs, seenMs: nowMs };
}
