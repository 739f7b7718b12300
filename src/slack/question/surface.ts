import type { Answer } from '../../core/answer/answer.ts';
import type { Report } from '../../core/operation/report.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { MOST_ROWS } from '../../render/blocks/table-blocks.ts';
import { LIMITS } from '../../render/limits.ts';
import { answerForms } from '../../render/messages/answer-message.ts';
import { noteMessage, withNote } from '../../render/messages/notes.ts';
import { reportForms } from '../../render/messages/report-message.ts';
import type { FileContent } from '../api/attach-file.ts';
import type { Patience } from '../api/keep-trying.ts';
import { bothForms, tryForms } from '../api/message-forms.ts';
import type { ResponseUrl } from '../api/response-url.ts';
import { SlackUrlError } from '../api/slack-refusal.ts';
import type { Place } from './place.ts';
import { postMessage, type SlackOutput } from './thread-posts.ts';

/** Where people see one request being answered. */
export interface Surface {
  /** Shows that the request is worked on; returns the place as it is then, to be found again after a restart. */
  open(working: Message): Promise<Place>;
  /** Shows how far it is. Never fails: what cannot be shown, or comes after the end, is dropped. */
  show(message: Message): Promise<void>;
  /** `csv` holds all rows when they are more than the answer holds. `slow`: who asked is called. */
  answer(answer: Answer, csv: FileContent | undefined, slow: boolean): Promise<void>;
  /** Shows an answer that was shown once more, with names that came later; where that cannot be done it stays as it is. */
  rename(answer: Answer): Promise<void>;
  /** Attaches all rows of an answer that was shown before. */
  rows(answer: Answer, csv: FileContent | undefined): Promise<void>;
  /** Shows the report of a command; `line` is the command. */
  report(report: Report, line: string): Promise<void>;
  /** Shows that there is no answer, and why. */
  end(message: Message): Promise<void>;
}

const NO_CSV = 'Rows that are not shown come as a CSV once flowlog may write here.';

/**
 * Where flowlog may not write: the asker alone is answered, with the reason in `why`. Slack has no way to take such a
 * message back, so a request that is answered soon shows nothing before its answer. One that takes longer shows once
 * that it is worked on, with the button that stops it; its answer is sent in place of that message.
 */
export function createPrivateSurface(
  place: Place,
  to: ResponseUrl,
  why: string,
  { respond, now }: Pick<SlackOutput, 'respond' | 'now'>,
): Surface {
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  let showing: Promise<void> | undefined;
  let isEnding = false;
  async function send(form: Message): Promise<void> {
    // A status that comes after the answer would stay.
    isEnding = true;
    await showing;
    await respond(to, form, { threadTs, replaces: showing !== undefined && to.isOfMessage !== true });
  }
  return {
    ...endsFor(place, why, send),
    async open() {
      // What could not be answered in the end is not asked.
      if (now().getTime() - to.givenMs > LIMITS.responseUrlMs) throw new SlackUrlError('expired_url');
      return place;
    },
    show(message) {
      // A status that cannot be shown is dropped: the answer may still come through.
      if (isEnding) return showing ?? Promise.resolve();
      showing ??= respond(to, withNote(message, why), { threadTs, tries: 'one' }).catch(() => undefined);
      return showing;
    },
  };
}

const COMES_HERE = 'The answer comes here.';

/**
 * The last way to the asker: the messages between them and flowlog. An address for private answers is good for half an
 * hour, and a mention has none.
 */
export function createDirectSurface(
  place: Place,
  why: string,
  output: Pick<SlackOutput, 'clients' | keyof Patience>,
): Surface {
  // Slack takes the id of a person for the messages with them.
  const direct = { channel: place.person, threadTs: undefined };
  const send = async (form: Message) => void (await postMessage([form], direct, output));
  return {
    ...endsFor(place, why, send),
    async open() {
      // What could not be answered in the end is not asked.
      await send(noteMessage(`${why} ${COMES_HERE}`));
      return place;
    },
    show: async () => undefined,
  };
}

/** How a request ends for one person alone. */
function endsFor(
  { person }: Place,
  why: string,
  send: (form: Message) => Promise<void>,
): Pick<Surface, 'answer' | 'rename' | 'rows' | 'report' | 'end'> {
  const whyFor = ({ rowCount, truncated }: Answer, { blocks }: Message) =>
    truncated || rowCount > MOST_ROWS || blocks.length === 0 ? `${why} ${NO_CSV}` : why;
  const sendOne = async (forms: readonly Message[]) => void (await tryForms(forms, send));
  return {
    answer: (answer) =>
      sendOne(
        answerForms(answer, { kind: 'private', person }).map((form) => withNote(form, whyFor(answer, form))),
      ),
    // What one person alone sees cannot be updated, and a second message would only repeat it.
    rename: async () => undefined,
    rows: () => sendOne(bothForms(withNote(noteMessage(NO_CSV), why))),
    report: (report, line) => sendOne(reportForms(report, line).map((form) => withNote(form, why))),
    end: (message) => sendOne(bothForms(withNote(message, why))),
  };
}
