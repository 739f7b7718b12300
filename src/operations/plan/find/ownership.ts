import type { FlowLog } from '../../../core/lake/flow-logs.ts';
import { MADE_BY } from '../../../core/lake/table-for.ts';
import type { StoredTable } from '../../../core/lake/tables.ts';

/** The tags that flowlog puts on what it makes. */
export const TAGS = {
  madeBy: MADE_BY.key,
  deleteAfter: 'flowlog:delete-after',
  line: 'flowlog:line',
} as const;

/** Whether flowlog made a flow log: what carries no tag of ours is never deleted. */
export function isOurs({ tags }: Pick<FlowLog, 'tags'>): boolean {
  return tags[TAGS.madeBy] === MADE_BY.value;
}

/** Whether flowlog made a table. */
export function isOurTable({ properties }: Pick<StoredTable, 'properties'>): boolean {
  return properties[MADE_BY.key] === MADE_BY.value;
}
