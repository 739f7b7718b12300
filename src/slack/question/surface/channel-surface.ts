import { answerForms } from '../../../render/slack-message/answer-forms.ts';
import { answeredParent } from '../../../render/slack-message/parent-message.ts';
import { reportForms } from '../../../render/slack-message/report-message.ts';
import { bothForms } from '../../api/try-forms.ts';
import type { Place } from '../place.ts';
import { orReport, postCsv, postInThread, postText } from '../post/post-answer.ts';
import type { QuestionParts } from '../question-parts.ts';
import { createStatusMessage } from './status-message.ts';
import type { Surface } from './surface.ts';

/** A question asked in a channel: one parent message that becomes headline and receipt, and the answer in its thread. */
export function createChannelSurface(
  place: Place & { readonly kind: 'channel' },
  parts: QuestionParts,
): Surface {
  const { channel } = place;
  const parent = createStatusMessage({ clients: parts.clients, channel, ts: place.statusTs, now: parts.now });
  let parentTs = place.statusTs;
  return {
    async open(working) {
      parentTs = await parent.open(working, undefined);
      return { ...place, statusTs: parentTs };
    },
    show: (message) => parent.show(message),
    async answer(answer, csv) {
      if (parentTs === undefined) throw new Error('an answer comes before its parent');
      const thread = { channel, threadTs: parentTs };
      const { leavesRowsOut } = await postInThread(answerForms(answer), thread, parts);
      await orReport(parent.settle(bothForms(answeredParent(answer))), thread, parts);
      if (leavesRowsOut) await postCsv(answer, csv, thread, parts);
    },
    async report(report, line) {
      await parent.settle(reportForms(report, line));
      if (report.file !== undefined && parentTs !== undefined)
        await postText(report.file, { channel, threadTs: parentTs }, parts);
    },
    async end(message) {
      await parent.settle(bothForms(message));
    },
  };
}
