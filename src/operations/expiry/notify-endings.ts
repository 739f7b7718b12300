import type { AskedLine, Store } from '../../core/answer/store.ts';
import { tableNameFor } from '../../core/lake/table-for.ts';
import type { Tables } from '../../core/lake/tables.ts';
import type { Ending, Endings } from '../../core/operation/endings.ts';
import type { Journal } from '../../core/operation/journal.ts';
import type { Report } from '../../core/operation/report.ts';
import { showMoment } from '../../core/time/show-time.ts';
import { isOurTable } from '../steps/ownership.ts';

/** Whether a notification was posted (`posted`), can be tried again, or has no place to be posted. */
export type NotificationResult = 'posted' | 'later' | 'nowhere';

/** How a notification ended; `unsure` where the process was stopped in the middle: it may have been posted, and is not posted again. */
export type NotificationEnd = Exclude<NotificationResult, 'later'> | 'unsure';

export interface NotifyParts {
  readonly endings: Endings;
  readonly journal: Pick<Journal, 'foundOut'>;
  readonly store: Pick<Store, 'find'>;
  readonly tables: Pick<Tables, 'table'>;
  readonly database: string;
  readonly now: () => Date;
  /** Posts a report where the flow log was set up; `line` is the line that did. */
  readonly notify: (place: string, report: Report, line: string) => Promise<NotificationResult>;
  /** Called with how each ended, for the log. */
  readonly ended: (flowLogId: string, how: NotificationEnd) => void;
}

/** Longer than any notification takes. */
const LOST_AFTER_MS = 600_000;

/** Reports each flow log that was deleted because its time was over, once, where it was set up. */
export async function notifyEndings(parts: NotifyParts, signal: AbortSignal): Promise<void> {
  const { endings, now } = parts;
  for (const ending of await endings.in('deleted')) {
    if (!(await endings.move(ending.flowLogId, 'deleted', 'notifying', now()))) continue;
    const result = await notifyOf(ending, parts, signal);
    await endings.move(ending.flowLogId, 'notifying', result === 'later' ? 'deleted' : 'notified', now());
    if (result !== 'later') parts.ended(ending.flowLogId, result);
  }
  await giveUpLost(parts);
}

async function notifyOf(
  ending: Ending,
  parts: NotifyParts,
  signal: AbortSignal,
): Promise<NotificationResult> {
  const entry = await parts.journal.foundOut('flowLogId', ending.flowLogId);
  if (entry === undefined) return 'nowhere';
  const asked = await askedBy([entry.claim?.request, entry.request], parts);
  if (asked === undefined) return 'nowhere';
  const hasTable = await hasOurTable(ending, parts, signal);
  return parts.notify(asked.place, endingReport(ending, { zone: asked.zone, hasTable }), entry.line);
}

/** The first of these requests that is known: who confirmed is followed by who planned. */
async function askedBy(
  requests: readonly (string | undefined)[],
  { store }: NotifyParts,
): Promise<AskedLine | undefined> {
  for (const request of requests) {
    const asked = request === undefined ? undefined : await store.find(request);
    if (asked !== undefined) return asked;
  }
  return undefined;
}

/** A failed lookup does not stop the notification. */
async function hasOurTable(
  { flowLogId }: Ending,
  { tables, database }: NotifyParts,
  signal: AbortSignal,
): Promise<boolean> {
  const stored = await tables.table(database, tableNameFor(flowLogId), signal).catch(() => undefined);
  return stored !== undefined && isOurTable(stored);
}

async function giveUpLost({ endings, now, ended }: NotifyParts): Promise<void> {
  const before = now().getTime() - LOST_AFTER_MS;
  const lost = (await endings.in('notifying')).filter(({ since }) => since.getTime() <= before);
  for (const { flowLogId } of lost)
    if (await endings.move(flowLogId, 'notifying', 'notified', now())) ended(flowLogId, 'unsure');
}

/** The report for those who set a flow log up for a time: it is deleted, what stays and how that is removed. */
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

/** Without a flow log and a table flowlog does not know the files. */
function howToRemove(id: string, left: string, hasTable: boolean): string {
  if (hasTable)
    return `\`teardown ${id} files=delete\` removes them, and with \`table=drop\` its table, once that is confirmed.`;
  return left.startsWith('s3://')
    ? `\`teardown ${id}\` knows them by their table alone, which they have not: they can be deleted in the bucket.`
    : 'it can be deleted there.';
}
