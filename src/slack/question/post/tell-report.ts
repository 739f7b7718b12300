import type { Report } from '../../../core/operation/report.ts';
import { reportForms } from '../../../render/slack-message/report-message.ts';
import { slackRefusal } from '../../api/slack-refusal.ts';
import { readPlace, threadOf } from '../place.ts';
import type { QuestionParts } from '../question-parts.ts';
import { postInThread } from './post-answer.ts';
import { reportFailure } from './report-failure.ts';

/** News that nobody asked for, and the place of what they are about. */
export interface UnaskedReport {
  readonly place: string;
  readonly report: Report;
  readonly line: string;
}

/** Posts news into the thread where what they are about was asked. Never fails: what Slack does not take is reported. */
export async function tellReport(
  { place, report, line }: UnaskedReport,
  parts: Pick<QuestionParts, 'clients' | 'log' | 'newId'>,
): Promise<'told' | 'later' | 'nowhere'> {
  const read = readPlace(place);
  const threadTs = read === undefined ? undefined : threadOf(read);
  if (read === undefined || threadTs === undefined) return 'nowhere';
  const thread = { channel: read.channel, threadTs };
  try {
    await postInThread(reportForms(report, line), thread, parts);
    return 'told';
  } catch (error) {
    reportFailure(
      error,
      { ...thread, headline: report.headline, doing: 'tell what went on by itself' },
      parts,
    );
    return slackRefusal(error)?.code === 'ratelimited' ? 'later' : 'nowhere';
  }
}
