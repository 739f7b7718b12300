import type { Answer } from '../../core/answer/answer.ts';
import type { Report } from '../../core/operation/report.ts';
import type { Message } from '../../render/blocks/block.ts';
import { LIMITS } from '../../render/limits.ts';
import { answerForms } from '../../render/messages/answer-message.ts';
import { whyPrivate, withNote } from '../../render/messages/notes.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import type { Content } from '../api/attach-file.ts';
import { bothForms, tryForms } from '../api/message-forms.ts';
import type { Respond, ResponseUrl } from '../api/response-url.ts';
import { type SlackRefusal, SlackUrlError, slackRefusal } from '../api/slack-refusal.ts';
import { createChannelSurface, createThreadSurface } from './message-surfaces.ts';
import type { Place } from './place.ts';
import type { QuestionParts } from './question-parts.ts';

/** Where people see one question being answered. */
export interface Surface {
  /** Shows that the question is worked on; returns the place as it is then, to be found again after a restart. */
  open(working: Message): Promise<Place>;
  /** Shows how far it is. Never fails: what cannot be shown is dropped. */
  show(message: Message): Promise<void>;
  /** `csv` holds all rows when they are more than the answer holds. */
  answer(answer: Answer, csv: Content | undefined): Promise<void>;
  /** Shows what a command came to; `line` is the command. */
  report(report: Report, line: string): Promise<void>;
  /** Shows that there is no answer, and why. */
  end(message: Message): Promise<void>;
}

/** The surface of a place; when Slack does not let the app write there, the rest goes to the asker alone. */
export function surfaceFor(place: Place, parts: QuestionParts): Surface {
  const open =
    place.kind === 'channel' ? createChannelSurface(place, parts) : createThreadSurface(place, parts);
  return withFallback(open, (refusal) => {
    const { channel, responseUrl } = place;
    if (responseUrl === undefined) return undefined;
    parts.log.info({ channel, ...refusal }, 'answers privately');
    const why = whyPrivate({ ...refusal, channel }, parts.botName());
    return createPrivateSurface(place, responseUrl, why, parts);
  });
}

function withFallback(first: Surface, fallback: (refusal: SlackRefusal) => Surface | undefined): Surface {
  let current = first;
  async function attempt<T>(act: (surface: Surface) => Promise<T>): Promise<T> {
    try {
      return await act(current);
    } catch (error) {
      const refusal = slackRefusal(error);
      const next = current === first && refusal !== undefined ? fallback(refusal) : undefined;
      if (next === undefined) throw error;
      current = next;
      return act(next);
    }
  }
  return {
    open: (working) => attempt((surface) => surface.open(working)),
    show: (message) => current.show(message),
    answer: (answer, csv) => attempt((surface) => surface.answer(answer, csv)),
    report: (report, line) => attempt((surface) => surface.report(report, line)),
    end: (message) => attempt((surface) => surface.end(message)),
  };
}

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
