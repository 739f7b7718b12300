import type Database from 'libsql';
import { z } from 'zod';
import type { Endings } from '../core/operation/endings.ts';

const SQL = {
  note: `INSERT INTO ending (flow_log, account, region, resource, place_left, due_ms, state, since_ms)
    VALUES (?, ?, ?, ?, ?, ?, 'due', ?)
    ON CONFLICT (flow_log) DO NOTHING`,
  inState: `SELECT flow_log, account, region, resource, place_left, due_ms, since_ms FROM ending
    WHERE state = ? ORDER BY since_ms, flow_log`,
  move: 'UPDATE ending SET state = ?, since_ms = ? WHERE flow_log = ? AND state = ?',
} as const;

const ENDING_ROW = z.object({
  flow_log: z.string(),
  account: z.string(),
  region: z.string(),
  resource: z.string(),
  place_left: z.string(),
  due_ms: z.number(),
  since_ms: z.number(),
});

/** Remembers endings in the file of the store; every write is on disk before it returns. */
export function createSqliteEndings(database: Database.Database): Endings {
  const note = database.prepare(SQL.note);
  const inState = database.prepare(SQL.inState);
  const move = database.prepare(SQL.move);
  return {
    async note({ flowLogId, account, region, resourceId, left, dueAt }, at) {
      note.run(flowLogId, account, region, resourceId, left, dueAt.getTime(), at.getTime());
    },
    in: async (state) =>
      inState.all(state).map((row) => {
        const { flow_log, account, region, resource, place_left, due_ms, since_ms } = ENDING_ROW.parse(row);
        return {
          flowLogId: flow_log,
          account,
          region,
          resourceId: resource,
          left: place_left,
          dueAt: new Date(due_ms),
          since: new Date(since_ms),
        };
      }),
    async move(flowLogId, from, to, at) {
      return move.run(to, at.getTime(), flowLogId, from).changes === 1;
    },
  };
}
