import { z } from 'zod';
import type { Journal } from '../../../core/operation/journal.ts';
import { TAGS } from './ownership.ts';

/** What is written down here of a flow log that flowlog made. */
export interface WrittenDown {
  readonly account: string;
  readonly region: string;
  /** When its time is over; undefined for one that was set up without an end. */
  readonly until: Date | undefined;
}

const created = z.object({
  account: z.string(),
  region: z.string(),
  wanted: z.object({ tags: z.record(z.string(), z.string()) }),
});

/**
 * What the journal says of a flow log: that a step of ours created it, where, and until when it was wanted. Undefined
 * when nothing is written down: a tag alone, which whoever may tag can write, is no proof that flowlog made it.
 */
export async function writtenDown(
  flowLogId: string,
  journal: Pick<Journal, 'foundOut'>,
): Promise<WrittenDown | undefined> {
  const entry = await journal.foundOut('flowLogId', flowLogId);
  const record = entry?.steps.find(({ facts, state }) => state === 'done' && facts.flowLogId === flowLogId);
  const read = created.safeParse(entry?.plan.steps[record?.index ?? -1]?.input);
  if (!read.success) return undefined;
  const { account, region, wanted } = read.data;
  const untilMs = Date.parse(wanted.tags[TAGS.deleteAfter] ?? '');
  return { account, region, until: Number.isNaN(untilMs) ? undefined : new Date(untilMs) };
}
