import type Database from 'libsql';
import { z } from 'zod';
import type { Endings } from '../core/operation/endings.ts';
import { STATEMENTS } from './statements.ts';

const row = z.object({
  flow_log: z.string(),
  account: z.string(),
  region: z.string(),
  resource: z.string(),
  place_left: z.string(),
  due_ms: z.number(),
  since_ms: z.number(),
});

/** The embedded memory of endings, in the file of the store; every write is on disk before it returns. */
export function createSqliteEndings(database: Database.Database): Endings {
  const note = database.prepare(STATEMENTS.noteEnding);
  const endings = database.prepare(STATEMENTS.endings);
  const move = database.prepare(STATEMENTS.moveEnding);
  return {
    async note({ flowLogId, account, region, resourceId, left, dueAt }, at) {
      note.run(flowLogId, account, region, resourceId, left, dueAt.getTime(), at.getTime());
    },
    in: async (state) =>
      endings.all(state).map((found) => {
        const { flow_log, account, region, resource, place_left, due_ms, since_ms } = row.parse(found);
        return {
          ...{ flowLogId: flow_log, account, region, resourceId: resource, left: place_left },
          ...{ dueAt: new Date(due_ms), since: new Date(since_ms) },
        };
      }),
    async move(flowLogId, from, to, at) {
      return move.run(to, at.getTime(), flowLogId, from).changes === 1;
    },
  };
}
