import type { Selectable } from 'kysely';
import type { AuditFact } from '../core/operation/audit.ts';
import type { Endings } from '../core/operation/endings.ts';
import { appendAudit } from './audit-trail.ts';
import type { StoreDatabase } from './store-database.ts';
import type { StoreTables } from './tables.ts';

/** The flow logs whose time is over. */
export function createEndings(database: StoreDatabase): Endings {
  const { db, alone } = database;
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
    move: (flowLogId, from, to, at) =>
      alone([], async (trx) => {
        const moved = await trx
          .updateTable('ending')
          .set({ state: to, since_ms: at.getTime() })
          .where('flow_log', '=', flowLogId)
          .where('state', '=', from)
          .returning(['flow_log', 'resource', 'place_left', 'due_ms', 'account', 'region'])
          .executeTakeFirst();
        if (moved === undefined) return false;
        if (from === 'due') await appendAudit(database, trx, flowLogExpired(moved, at));
        return true;
      }),
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

type Expired = Pick<
  Selectable<StoreTables['ending']>,
  'flow_log' | 'resource' | 'place_left' | 'due_ms' | 'account' | 'region'
>;

function flowLogExpired(row: Expired, at: Date): AuditFact {
  const { flow_log, resource, place_left: left, due_ms, account, region } = row;
  const facts = { resource, left, account, region, dueAt: new Date(due_ms).toISOString() };
  return { kind: 'flow log expired', at, person: 'flowlog', subject: flow_log, line: '', facts };
}
