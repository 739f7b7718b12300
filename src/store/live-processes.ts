import { LEASE_LASTS_MS } from '../core/answer/store.ts';
import type { Stores } from '../core/operation/stores.ts';
import type { StoreDatabase } from './store-database.ts';

/** The processes that work on the stores: one counts for as long as its leases last. */
export function createBeat({ db }: StoreDatabase, owner: string): Stores['beat'] {
  return async (at) => {
    const seen_ms = at.getTime();
    await db
      .insertInto('process')
      .values({ owner, seen_ms })
      .onConflict((conflict) => conflict.column('owner').doUpdateSet({ seen_ms }))
      .execute();
    const lastMs = seen_ms - LEASE_LASTS_MS;
    await db.deleteFrom('process').where('seen_ms', '<', lastMs).execute();
    const { live } = await db
      .selectFrom('process')
      .select(({ fn }) => fn.countAll<number>().as('live'))
      .executeTakeFirstOrThrow();
    return live;
  };
}

/** A process that stops gives its part to the others at once. */
export async function forgetProcess({ db }: StoreDatabase, owner: string): Promise<void> {
  await db.deleteFrom('process').where('owner', '=', owner).execute();
}
