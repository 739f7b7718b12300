import { z } from 'zod';
import type { FlowLog } from '../../core/lake/flow-logs.ts';
import { MADE_BY } from '../../core/lake/table-for.ts';
import type { StoredTable } from '../../core/lake/tables.ts';
import type { Journal } from '../../core/operation/journal.ts';

/** The tags that flowlog puts on what it makes. */
export const TAGS = {
  madeBy: MADE_BY.key,
  deleteAfter: 'flowlog:delete-after',
  line: 'flowlog:line',
} as const;

/** Whether flowlog made a flow log: one without our tag is never deleted. */
export function isOurFlowLog({ tags }: Pick<FlowLog, 'tags'>): boolean {
  return tags[TAGS.madeBy] === MADE_BY.value;
}

/** Whether flowlog made a table. */
export function isOurTable({ properties }: Pick<StoredTable, 'properties'>): boolean {
  return properties[MADE_BY.key] === MADE_BY.value;
}

/** What is written down here of a flow log that flowlog made. */
export interface WrittenDown {
  readonly account: string;
  readonly region: string;
  /** When its time is over; undefined for one that was set up without an end. */
  readonly until: Date | undefined;
}

const CREATED = z.object({
  account: z.string(),
  region: z.string(),
  wanted: z.object({ tags: z.record(z.string(), z.string()) }),
});

/**
 * The entry of a flow log in the journal: that a step of ours created it, where, and until when it was wanted. Undefined
 * when nothing is written down: a tag alone, which whoever may tag can write, is no proof that flowlog made it.
 */
export async function writtenDown(
  flowLogId: string,
  journal: Pick<Journal, 'foundOut'>,
): Promise<WrittenDown | undefined> {
  const entry = await journal.foundOut('flowLogId', flowLogId);
  const record = entry?.steps.find(({ facts, state }) => state === 'done' && facts.flowLogId === flowLogId);
  const read = CREATED.safeParse(entry?.plan.steps[record?.index ?? -1]?.input);
  if (!read.success) return undefined;
  const { account, region, wanted } = read.data;
  const untilMs = Date.parse(wanted.tags[TAGS.deleteAfter] ?? '');
  return { account, region, until: Number.isNaN(untilMs) ? undefined : new Date(untilMs) };
}
