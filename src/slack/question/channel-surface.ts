import { answerMessages } from '../../render/slack-message/answer-message.ts';
import { answeredParent } from '../../render/slack-message/parent-message.ts';
import { bothForms } from '../api/try-forms.ts';
import type { Place } from './place.ts';
import { orReport, postCsv, postInThread } from './post-answer.ts';
import type { QuestionParts } from './question-parts.ts';
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
    async answer(answer) {
      if (parentTs === undefined) throw new Error('an answer comes before its parent');
      const thread = { channel, threadTs: parentTs };
      const { forms, needsCsv } = answerMessages(answer);
      await postInThread(forms, thread, parts);
      await orReport(parent.settle(bothForms(answeredParent(answer))), thread, parts);
      if (needsCsv) await postCsv(answer, thread, parts);
    },
    end: (message) => parent.settle(bothForms(message)),
  };
}
