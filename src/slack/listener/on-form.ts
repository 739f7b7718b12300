import type { SlackShortcutMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import { z } from 'zod';
import type { Modal } from '../../render/blocks/block-types.ts';
import type { Confirmation } from '../../render/blocks/buttons.ts';
import type { FailureWords } from '../../render/failure.ts';
import {
  CONFIRM_FORM,
  confirmForm,
  helpModal,
  LINE_FORM,
  lineForm,
} from '../../render/messages/line-form.ts';
import { noteMessage } from '../../render/messages/notes.ts';
import { viewArguments } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { teamsNamed } from '../question/admission.ts';
import {
  type IncomingLine,
  type LineHandling,
  readAdmittedLine,
  type SlackParts,
  takeRequest,
} from '../question/handle-line.ts';
import { type Place, placeOf, readPlace, writePlace } from '../question/place.ts';
import type { SlackOutput } from '../question/thread-posts.ts';
import { MESSAGE_SHORTCUT } from '../scopes.ts';
import { reportFailure } from '../slack-log.ts';
import { acknowledge } from './acknowledge.ts';

/** Opens the form for a line; at once, because a trigger is good for three seconds. */
export function openForm(
  line: string,
  triggerId: string,
  place: Place,
  parts: Pick<SlackParts, 'admission' | 'output'>,
): Promise<void> {
  return openModal(lineForm(line, writePlace(place)), triggerId, place, parts);
}

/** Opens the form for the word that confirms a line. */
export function openConfirmation(
  confirmation: Confirmation,
  triggerId: string,
  place: Place,
  parts: Pick<SlackParts, 'admission' | 'output'>,
): Promise<void> {
  const metadata = JSON.stringify({ line: confirmation.line, place: writePlace(place) });
  return openModal(confirmForm(confirmation, metadata), triggerId, place, parts);
}

async function openModal(
  modal: Modal,
  triggerId: string,
  place: Place,
  { admission, output }: Pick<SlackParts, 'admission' | 'output'>,
): Promise<void> {
  // The submission must be answered quickly: what Slack says of the person is remembered by then.
  void admission.personOf(place.person);
  try {
    await output.clients.quick.views.open({
      trigger_id: triggerId,
      view: viewArguments(modal),
    });
  } catch (error) {
    reportFailure(error, { person: place.person, doing: 'open the form' }, output);
    await replyPrivately('The form could not be opened. Press again, or type the line.', place, output);
  }
}

/** Says something to the person who pressed a button, and to no one else. */
export async function replyPrivately(
  text: string,
  place: Place,
  { respond }: Pick<SlackOutput, 'respond'>,
): Promise<void> {
  if (place.responseUrl === undefined) return;
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  await respond(place.responseUrl, noteMessage(text), { threadTs });
}

const SHORTCUT = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal(MESSAGE_SHORTCUT.callbackId),
  trigger_id: z.string(),
  response_url: z.string(),
  message_ts: z.string(),
  message: z.object({ thread_ts: z.string().optional() }),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
});

/** "Ask flow logs" in the menu of a message: opens the form for the thread of that message. */
export function onShortcut(parts: SlackParts) {
  return async ({ ack, shortcut }: SlackShortcutMiddlewareArgs): Promise<void> => {
    const { output } = parts;
    await acknowledge(() => ack(), output.log);
    const read = SHORTCUT.safeParse(shortcut);
    if (!read.success) return;
    const { user, channel, message, message_ts, response_url, trigger_id } = read.data;
    const responseUrl = { url: response_url, givenMs: output.now().getTime(), isOfMessage: true };
    const owner = { channel: channel.id, person: user.id, responseUrl };
    await openForm('', trigger_id, placeOf(owner, message.thread_ts ?? message_ts), parts);
  };
}

type FormArguments = SlackViewMiddlewareArgs<ViewSubmitAction>;
type FormReply = Parameters<FormArguments['ack']>[0];

/** The submitted form: a mistake is shown at its field, else it closes and the answer comes in the thread. */
export function onForm(parts: SlackParts) {
  return async ({ ack, view, body }: FormArguments): Promise<void> => {
    const { log } = parts.output;
    const form = readForm(view);
    if (form === undefined) return acknowledge(() => ack(), log);
    const { place, before } = form;
    const typed = view.state.values[LINE_FORM.blockId]?.[LINE_FORM.actionId]?.value ?? '';
    const incoming = {
      line: `${before} ${typed}`.trim(),
      id: requestId('form', view.id),
      teams: teamsNamed(body),
      place: { ...place, person: body.user.id },
    };
    const { reply, handling } = await handleForm(incoming, parts);
    await acknowledge(() => ack(reply), log);
    if (handling?.kind === 'taken') await handling.answer();
  };
}

const CONFIRM_METADATA = z.object({ line: z.string(), place: z.string() });

/** Where the answer of a form goes, and what stands before the words in it; undefined for a form that is none of these. */
function readForm({
  callback_id,
  private_metadata,
}: {
  readonly callback_id: string;
  readonly private_metadata: string;
}): { readonly place: Place; readonly before: string } | undefined {
  if (callback_id === LINE_FORM.callbackId) {
    const place = readPlace(private_metadata);
    return place && { place, before: '' };
  }
  if (callback_id !== CONFIRM_FORM.callbackId) return undefined;
  try {
    const { line, place: written } = CONFIRM_METADATA.parse(JSON.parse(private_metadata));
    const place = readPlace(written);
    return place && { place, before: line };
  } catch {
    return undefined;
  }
}

interface FormHandling {
  readonly reply: FormReply;
  readonly handling?: LineHandling;
}

async function handleForm(incoming: IncomingLine, parts: SlackParts): Promise<FormHandling> {
  const { line, teams, place } = incoming;
  try {
    const read = await readAdmittedLine(line, { person: place.person, teams }, '', parts);
    if (read.kind === 'mistake') return { reply: mistakeAtField(read.words) };
    if (read.kind === 'help')
      return { reply: { response_action: 'push', view: viewArguments(helpModal(read.text)) } };
    const handling = await takeRequest(read, incoming, parts);
    return handling.kind === 'repeated'
      ? { reply: atField(handling.message.text) }
      : { reply: undefined, handling };
  } catch (error) {
    return { reply: mistakeAtField(reportFailure(error, { person: place.person, line }, parts.output)) };
  }
}

function mistakeAtField({ problem, next, correctedLine }: FailureWords): FormReply {
  return atField(correctedLine === undefined ? `${problem} ${next}` : `${problem} Try: ${correctedLine}`);
}

function atField(text: string): FormReply {
  return { response_action: 'errors', errors: { [LINE_FORM.blockId]: text.trim() } };
}
