import type { Message } from '../../../render/blocks/block.ts';
import { answerForms } from '../../../render/slack-message/answer-forms.ts';
import { reportForms } from '../../../render/slack-message/report-message.ts';
import { withNote } from '../../../render/slack-message/with-note.ts';
import type { Respond, ResponseUrl } from '../../api/response-url.ts';
import { bothForms, tryForms } from '../../api/try-forms.ts';
import type { Place } from '../place.ts';
import type { Surface } from './surface.ts';

const NO_CSV = 'Rows that are not shown come as a CSV once flowlog may write here.';

/** Where flowlog may not write: the asker alone is answered, and told why. */
export function createPrivateSurface(place: Place, to: ResponseUrl, why: string, respond: Respond): Surface {
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  async function send(forms: readonly Message[]): Promise<void> {
    await tryForms(forms, (form) => respond(to, form, threadTs));
  }
  return {
    async open(working) {
      await respond(to, withNote(working, why), threadTs);
      return place;
    },
    // A private message cannot be rewritten, and its address is good for a few uses only.
    show: () => Promise.resolve(),
    answer(answer) {
      return send(
        answerForms(answer).map((form) => withNote(form, form.leavesRowsOut ? `${why} ${NO_CSV}` : why)),
      );
    },
    report: (report, line) => send(reportForms(report, line).map((form) => withNote(form, why))),
    end: (message) => send(bothForms(withNote(message, why))),
  };
}
