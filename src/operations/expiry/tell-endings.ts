import type { Asked, Store } from '../../core/answer/store.ts';
import { tableNameFor } from '../../core/lake/table-for.ts';
import type { Tables } from '../../core/lake/tables.ts';
import type { Ending, Endings } from '../../core/operation/endings.ts';
import type { Journal } from '../../core/operation/journal.ts';
import type { Report } from '../../core/operation/report.ts';
import { showMoment } from '../../core/time/show-time.ts';
import { isOurTable } from '../steps/ownership.ts';

/** What came of telling: it was told, it can be tried again, or there is nobody to tell. */
export type Told = 'told' | 'later' | 'nowhere';

/** How telling ended; `unsure` where the process was stopped in the middle: it may have been told, and is not again. */
export type EndedTelling = Exclude<Told, 'later'> | 'unsure';

/** What telling needs. */
export interface TellParts {
  readonly endings: Endings;
  readonly journal: Pick<Journal, 'foundOut'>;
  readonly store: Pick<Store, 'find'>;
  readonly tables: Pick<Tables, 'table'>;
  readonly database: string;
  readonly now: () => Date;
  /** Tells a report where something was asked; `line` is what was asked. */
  readonly tell: (place: string, report: Report, line: string) => Promise<Told>;
  /** Told of each how that ended, for the log. */
  readonly ended: (flowLogId: string, how: EndedTelling) => void;
}

/** Longer than any telling takes. */
const LOST_AFTER_MS = 600_000;

/** Tells of each flow log that was deleted because its time was over, once, where it was set up. */
export async function tellEndings(parts: TellParts, signal: AbortSignal): Promise<void> {
  const { endings, now } = parts;
  for (const ending of await endings.in('deleted')) {
    if (!(await endings.move(ending.flowLogId, 'deleted', 'telling', now()))) continue;
    const told = await tellOne(ending, parts, signal);
    await endings.move(ending.flowLogId, 'telling', told === 'later' ? 'deleted' : 'told', now());
    if (told !== 'later') parts.ended(ending.flowLogId, told);
  }
  await giveUpLost(parts);
}

async function tellOne(ending: Ending, parts: TellParts, signal: AbortSignal): Promise<Told> {
  const entry = await parts.journal.foundOut('flowLogId', ending.flowLogId);
  if (entry === undefined) return 'nowhere';
  const asked = await askedBy([entry.claim?.request, entry.request], parts);
  if (asked === undefined) return 'nowhere';
  const hasTable = await hasOurTable(ending, parts, signal);
  return parts.tell(asked.place, endingReport(ending, { zone: asked.zone, hasTable }), entry.line);
}

/** The first of these requests that is known: who confirmed is followed by who planned. */
async function askedBy(
  requests: readonly (string | undefined)[],
  { store }: TellParts,
): Promise<Asked | undefined> {
  for (const request of requests) {
    const asked = request === undefined ? undefined : await store.find(request);
    if (asked !== undefined) return asked;
  }
  return undefined;
}

/** That it cannot be looked up is no reason to tell nothing. */
async function hasOurTable(
  { flowLogId }: Ending,
  { tables, database }: TellParts,
  signal: AbortSignal,
): Promise<boolean> {
  const stored = await tables.table(database, tableNameFor(flowLogId), signal).catch(() => undefined);
  return stored !== undefined && isOurTable(stored);
}

async function giveUpLost({ endings, now, ended }: TellParts): Promise<void> {
  const before = now().getTime() - LOST_AFTER_MS;
  const lost = (await endings.in('telling')).filter(({ since }) => since.getTime() <= before);
  for (const { flowLogId } of lost)
    if (await endings.move(flowLogId, 'telling', 'told', now())) ended(flowLogId, 'unsure');
}

/** Tells those who set a flow log up for a time that it is deleted, what stays and how that is removed. */
function endingReport(
  { flowLogId, resourceId, left, dueAt }: Ending,
  { zone, hasTable }: { readonly zone: string; readonly hasTable: boolean },
): Report {
  return {
    headline: `The time of ${flowLogId} is over: it is deleted`,
    sections: [
      {
        lines: [
          `It recorded ${resourceId}, and was set up until ${showMoment(dueAt, zone)}.`,
          `${left.startsWith('s3://') ? 'Its files stay' : 'What it delivered stays'} in ${left}; ${howToRemove(flowLogId, left, hasTable)}`,
        ],
      },
    ],
    next: hasTable
      ? [{ label: 'Remove the rest', line: `teardown ${flowLogId} table=drop files=delete`, press: 'ask' }]
      : [],
  };
}

/** Without a flow log and without a table nothing tells flowlog which files they are. */
function howToRemove(id: string, left: string, hasTable: boolean): string {
  if (hasTable)
    return `\`teardown ${id} files=delete\` removes them, and with \`table=drop\` its table, once that is confirmed.`;
  return left.startsWith('s3://')
    ? `\`teardown ${id}\` knows them by their table alone, which they have not: they can be deleted in the bucket.`
    : 'it can be deleted there.';
}
