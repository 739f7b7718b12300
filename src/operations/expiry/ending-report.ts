import type { Ending } from '../../core/operation/endings.ts';
import type { Report } from '../../core/operation/report.ts';
import { showMoment } from '../../core/time/show-time.ts';

/** Tells those who set a flow log up for a time that it is deleted, what stays and how that is removed. */
export function endingReport(
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
