import type { SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { ACTIONS, type Confirmation } from '../../render/blocks/buttons.ts';
import { noteMessage } from '../../render/messages/notes.ts';
import { bothForms, tryForms } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { admit, teamsNamed } from '../question/admission.ts';
import { handleLine, type SlackParts } from '../question/handle-line.ts';
import { type Place, placeOf } from '../question/place.ts';
import { orReport } from '../slack-log.ts';
import { acknowledge } from './acknowledge.ts';
import { onField } from './on-field.ts';
import { openConfirmation, openFormOfLine } from './open-form.ts';
import { replyPrivately } from './open-modal.ts';

/**
 * The buttons of flowlog's messages, and the fields of its form. An unknown one is acknowledged: it may be of an older
 * version.
 */
export function onButton(parts: SlackParts) {
  const changeField = onField(parts);
  return async ({ ack, body }: SlackActionMiddlewareArgs): Promise<void> => {
    const { log, now } = parts.output;
    const acknowledged = () => acknowledge(() => ack(), log);
    const click = readClick(body, now());
    const [action] = click?.actionId.split(':') ?? [];
    if (click !== undefined && action === ACTIONS.ask) return ask(click, parts, acknowledged);
    if (click !== undefined && action === ACTIONS.rows)
      return ask({ ...click, place: { ...click.place, wants: 'rows' } }, parts, acknowledged);
    await acknowledged();
    if (click === undefined) return changeField(body);
    if (action === ACTIONS.change) await openFormOfLine(click.value, click, parts);
    if (action === ACTIONS.confirm) await openConfirmForm(click, parts);
    if (action === ACTIONS.stop) await stop(click, parts);
  };
}

async function openConfirmForm(click: Click, parts: SlackParts): Promise<void> {
  const confirmation = readConfirmation(click.value);
  if (confirmation !== undefined) await openConfirmation(confirmation, click, parts);
}

const CONFIRMATION = z.object({ line: z.string(), word: z.string(), what: z.string() });

function readConfirmation(value: string): Confirmation | undefined {
  try {
    return CONFIRMATION.parse(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/** What is asked is acknowledged once it is written down. */
async function ask(click: Click, parts: SlackParts, acknowledged: () => Promise<void>): Promise<void> {
  const { messageTs, actionId, actionTs, value, place, teams } = click;
  const { reading, output } = parts;
  const id = requestId('click', place.channel, messageTs, actionId, place.person, actionTs);
  const prompt = place.kind === 'thread' ? `@${output.botName()} ` : `${reading.command} `;
  const handling = await handleLine({ id, line: value, place, teams }, prompt, parts).finally(acknowledged);
  if (handling.kind === 'taken') await handling.answer();
  // A second press a moment after the first is no second request, and needs no reply.
  if (handling.kind !== 'reply' || place.responseUrl === undefined) return;
  const { responseUrl } = place;
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  await tryForms(bothForms(handling.message), (form) => output.respond(responseUrl, form, { threadTs }));
}

/** A message that one person alone sees can only be rewritten when it is pressed: that removes its button. */
async function stop({ value, place, isPrivate, teams }: Click, parts: SlackParts): Promise<void> {
  const { admission, answering, output } = parts;
  const admitted = await admit({ person: place.person, teams }, admission);
  if ('problem' in admitted) return replyPrivately(`${admitted.problem} ${admitted.next}`, place, output);
  const isStopped = answering.running.stop(value, place.person);
  const words = isStopped ? 'Stopping this question.' : 'This question is not running any more.';
  const { responseUrl } = place;
  if (isPrivate && responseUrl !== undefined) {
    const rewritten = output.respond(responseUrl, noteMessage(words), { replaces: true });
    await orReport(rewritten, { doing: 'rewrite a private message' }, output);
  } else if (!isStopped) await replyPrivately(words, place, output);
}

const CLICK = z.object({
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  container: z.object({
    message_ts: z.string(),
    thread_ts: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ thread_ts: z.string().optional() }).optional(),
  response_url: z.string(),
  trigger_id: z.string(),
  actions: z.tuple([
    z.object({ action_id: z.string(), action_ts: z.string(), value: z.string().default('') }),
  ]),
});

/** A press of a button in a message. */
interface Click {
  readonly actionId: string;
  /** When it was pressed; the same for every delivery of this click. */
  readonly actionTs: string;
  /** What the button carries. It comes from outside: it is read like a typed line. */
  readonly value: string;
  readonly messageTs: string;
  readonly triggerId: string;
  /** Whether it is in a message that only this person sees. */
  readonly isPrivate: boolean;
  /** The workspaces that the payload names. */
  readonly teams: readonly string[];
  /** Where an answer to it goes. */
  readonly place: Place;
}

/** Reads a click; undefined for anything else that can be done to an element. */
function readClick(body: unknown, now: Date): Click | undefined {
  const read = CLICK.safeParse(body);
  if (!read.success) return undefined;
  const { user, channel, container, message, response_url, trigger_id, actions } = read.data;
  const [{ action_id, action_ts, value }] = actions;
  const isPrivate = container.is_ephemeral === true;
  // Nothing can be posted under a message that one person alone sees: the answer gets a place of its own.
  const under = isPrivate ? undefined : container.message_ts;
  const owner = {
    channel: channel.id,
    person: user.id,
    responseUrl: { url: response_url, givenMs: now.getTime(), isOfMessage: true },
  };
  return {
    actionId: action_id,
    actionTs: action_ts,
    value,
    messageTs: container.message_ts,
    triggerId: trigger_id,
    isPrivate,
    teams: teamsNamed(body),
    place: placeOf(owner, container.thread_ts ?? message?.thread_ts ?? under),
  };
}
