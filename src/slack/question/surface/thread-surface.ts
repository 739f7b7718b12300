import type { Message } from '../../../render/blocks/block.ts';
import { answerForms } from '../../../render/slack-message/answer-forms.ts';
import { reportForms } from '../../../render/slack-message/report-message.ts';
import { bothForms } from '../../api/try-forms.ts';
import type { Place } from '../place.ts';
import { postCsv, postInThread, postText } from '../post/post-answer.ts';
import type { QuestionParts } from '../question-parts.ts';
import { createStatusMessage } from './status-message.ts';
import type { Surface } from './surface.ts';

/** A question asked in a thread: one reply, which shows the progress and then becomes the answer. */
export function createThreadSurface(
  place: Place & { readonly kind: 'thread' },
  parts: QuestionParts,
): Surface {
  const { channel, threadTs } = place;
  const thread = { channel, threadTs };
  const reply = createStatusMessage({ clients: parts.clients, channel, ts: place.statusTs, now: parts.now });

  /** A reply that can no longer be rewritten, because somebody deleted it, is posted anew. */
  async function settle<F extends Message>(forms: readonly F[]): Promise<F> {
    try {
      return await reply.settle(forms);
    } catch {
      return postInThread(forms, thread, parts);
    }
  }

  return {
    open: async (working) => ({ ...place, statusTs: await reply.open(working, threadTs) }),
    show: (message) => reply.show(message),
    async answer(answer, csv) {
      const { leavesRowsOut } = await settle(answerForms(answer));
      if (leavesRowsOut) await postCsv(answer, csv, thread, parts);
    },
    async report(report, line) {
      await settle(reportForms(report, line));
      if (report.file !== undefined) await postText(report.file, thread, parts);
    },
    async end(message) {
      await settle(bothForms(message));
    },
  };
}
