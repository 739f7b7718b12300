import type { Message } from '../../render/blocks/block.ts';
import { answerMessages } from '../../render/slack-message/answer-message.ts';
import { bothForms } from '../api/try-forms.ts';
import type { Place } from './place.ts';
import { postCsv, postInThread } from './post-answer.ts';
import type { QuestionParts } from './question-parts.ts';
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
  async function settle(forms: readonly Message[]): Promise<void> {
    try {
      await reply.settle(forms);
    } catch {
      await postInThread(forms, thread, parts);
    }
  }

  return {
    open: async (working) => ({ ...place, statusTs: await reply.open(working, threadTs) }),
    show: (message) => reply.show(message),
    async answer(answer) {
      const { forms, needsCsv } = answerMessages(answer);
      await settle(forms);
      if (needsCsv) await postCsv(answer, thread, parts);
    },
    end: (message) => settle(bothForms(message)),
  };
}
