import type { SlackShortcutMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { FailureWords } from '../../render/failure.ts';
import { helpModal, LINE_FORM, lineForm } from '../../render/messages/line-form.ts';
import { noteMessage } from '../../render/messages/notes.ts';
import { viewArguments } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { teamsNamed } from '../question/admission.ts';
import { type Heard, readLine, type SaidLine, takeQuestion } from '../question/hear-line.ts';
import { type Place, placeOf, readPlace, threadOf, writePlace } from '../question/place.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { MESSAGE_SHORTCUT } from '../scopes.ts';
import { reportFailure } from '../slack-log.ts';
import { acknowledge } from './acknowledge.ts';

/** Opens the form for a line; at once, because a trigger is good for three seconds. */
export async function openForm(
  line: string,
  triggerId: string,
  place: Place,
  parts: QuestionParts,
): Promise<void> {
  // Who it is will be needed when the form is sent off, which must be answered quickly.
  void parts.personOf(place.person);
  try {
    await parts.clients.hasty.views.open({
      trigger_id: triggerId,
      view: viewArguments(lineForm(line, writePlace(place))),
    });
  } catch (error) {
    reportFailure(error, { person: place.person, doing: 'open the form' }, parts);
    await tellClicker('The form could not be opened. Press again, or type the line.', place, parts);
  }
}

/** Tells the person who pressed something, and nobody else. */
export async function tellClicker(text: string, place: Place, { respond }: QuestionParts): Promise<void> {
  if (place.responseUrl !== undefined)
    await respond(place.responseUrl, noteMessage(text), {
      threadTs: place.kind === 'thread' ? threadOf(place) : undefined,
    });
}

const schema = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal(MESSAGE_SHORTCUT.callbackId),
  trigger_id: z.string(),
  response_url: z.string(),
  message_ts: z.string(),
  message: z.object({ thread_ts: z.string().optional() }),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
});

/** "Ask flow logs" in the menu of a message: the form, for the thread of that message. */
export function onShortcut(parts: QuestionParts) {
  return async ({ ack, shortcut }: SlackShortcutMiddlewareArgs): Promise<void> => {
    await acknowledge(() => ack(), parts.log);
    const read = schema.safeParse(shortcut);
    if (!read.success) return;
    const { user, channel, message, message_ts, response_url, trigger_id } = read.data;
    const responseUrl = { url: response_url, givenMs: parts.now().getTime(), isOfMessage: true };
    const place = placeOf(
      { channel: channel.id, person: user.id, responseUrl },
      message.thread_ts ?? message_ts,
    );
    await openForm('', trigger_id, place, parts);
  };
}

type FormArguments = SlackViewMiddlewareArgs<ViewSubmitAction>;
type FormAnswer = Parameters<FormArguments['ack']>[0];

/** The form sent off: a mistake is shown at its field, else it closes and the answer comes in the thread. */
export function onForm(parts: QuestionParts) {
  return async ({ ack, view, body }: FormArguments): Promise<void> => {
    const place = readPlace(view.private_metadata);
    if (view.callback_id !== LINE_FORM.callbackId || place === undefined)
      return acknowledge(() => ack(), parts.log);
    const line = view.state.values[LINE_FORM.blockId]?.[LINE_FORM.actionId]?.value ?? '';
    const said = {
      line,
      id: requestId('form', view.id),
      teams: teamsNamed(body),
      place: { ...place, person: body.user.id },
    };
    const { answer, heard } = await hearForm(said, parts);
    await acknowledge(() => ack(answer), parts.log);
    if (heard?.kind === 'taken') await heard.answer();
  };
}

interface FormReaction {
  readonly answer: FormAnswer;
  readonly heard?: Heard;
}

async function hearForm(said: SaidLine, parts: QuestionParts): Promise<FormReaction> {
  const { line, teams, place } = said;
  try {
    const reading = await readLine(line, { person: place.person, teams }, '', parts);
    if (reading.kind === 'mistake') return { answer: complaint(reading.words) };
    if (reading.kind === 'help')
      return { answer: { response_action: 'push', view: viewArguments(helpModal(reading.text)) } };
    const heard = await takeQuestion(reading, said, parts);
    return heard.kind === 'repeated' ? { answer: atField(heard.message.text) } : { answer: undefined, heard };
  } catch (error) {
    return { answer: complaint(reportFailure(error, { person: place.person, line }, parts)) };
  }
}

function complaint({ problem, next, correctedLine }: FailureWords): FormAnswer {
  return atField(correctedLine === undefined ? `${problem} ${next}` : `${problem} Try: ${correctedLine}`);
}

function atField(text: string): FormAnswer {
  return { response_action: 'errors', errors: { [LINE_FORM.blockId]: text.trim() } };
}
