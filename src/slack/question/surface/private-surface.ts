import type { Message } from '../../../render/blocks/block.ts';
import { LIMITS } from '../../../render/limits.ts';
import { answerForms } from '../../../render/slack-message/answer-forms.ts';
import { reportForms } from '../../../render/slack-message/report-message.ts';
import { withNote } from '../../../render/slack-message/with-note.ts';
import type { Respond, ResponseUrl } from '../../api/response-url.ts';
import { SlackUrlError } from '../../api/slack-url-error.ts';
import { bothForms, tryForms } from '../../api/try-forms.ts';
import type { Place } from '../place.ts';
import type { Surface } from './surface.ts';

const NO_CSV = 'Rows that are not shown come as a CSV once flowlog may write here.';

/** What a private answer needs. */
export interface PrivateParts {
  readonly respond: Respond;
  readonly now: () => Date;
}

/**
 * Where flowlog may not write: the asker alone is answered, and learns why. Slack has no way to take such a message back,
 * so that a question which is answered soon shows nothing before its answer. One that takes longer shows once that it is
 * worked on, with the button that stops it; the answer is sent to take its place.
 */
export function createPrivateSurface(
  place: Place,
  to: ResponseUrl,
  why: string,
  { respond, now }: PrivateParts,
): Surface {
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  let isShown = false;
  async function send(forms: readonly Message[]): Promise<void> {
    const replaces = isShown && to.isOfMessage !== true;
    await tryForms(forms, (form) => respond(to, form, { threadTs, replaces }));
  }
  return {
    async open() {
      // What could not be answered in the end is not asked.
      if (now().getTime() - to.givenMs > LIMITS.responseUrlMs) throw new SlackUrlError('expired_url');
      return place;
    },
    async show(message) {
      if (isShown) return;
      isShown = true;
      // What cannot be shown is dropped: the answer may still come through.
      await respond(to, withNote(message, why), { threadTs }).catch(() => undefined);
    },
    answer(answer) {
      return send(
        answerForms(answer).map((form) => withNote(form, form.leavesRowsOut ? `${why} ${NO_CSV}` : why)),
      );
    },
    report: (report, line) => send(reportForms(report, line).map((form) => withNote(form, why))),
    end: (message) => send(bothForms(withNote(message, why))),
  };
}
