import type { Endings } from '../core/operation/endings.ts';
import type { StoreDatabase } from './store-database.ts';

/** The flow logs whose time is over. */
export function createEndings({ db }: StoreDatabase): Endings {
  return {
    async note({ flowLogId, account, region, resourceId, left, dueAt }, at) {
      await db
        .insertInto('ending')
        .values({
          flow_log: flowLogId,
          account,
          region,
          resource: resourceId,
          place_left: left,
          due_ms: dueAt.getTime(),
          state: 'due',
          since_ms: at.getTime(),
        })
        .onConflict((conflict) => conflict.column('flow_log').doNothing())
        .execute();
    },
    async in(state) {
      const rows = await db
        .selectFrom('ending')
        .selectAll()
        .where('state', '=', state)
        .orderBy('since_ms')
        .orderBy('flow_log')
        .execute();
      return rows.map(({ flow_log, account, region, resource, place_left, due_ms, since_ms }) => ({
        flowLogId: flow_log,
        account,
        region,
        resourceId: resource,
        left: place_left,
        dueAt: new Date(due_ms),
        since: new Date(since_ms),
      }));
    },
    async move(flowLogId, from, to, at) {
      const { numUpdatedRows } = await db
        .updateTable('ending')
        .set({ state: to, since_ms: at.getTime() })
        .where('flow_log', '=', flowLogId)
        .where('state', '=', from)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    },
    async sweep(before) {
      const { numDeletedRows } = await db
        .deleteFrom('ending')
        .where('state', '=', 'notified')
        .where('since_ms', '<', before.getTime())
        .executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
