import type { SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { ACTIONS } from '../../render/blocks/buttons.ts';
import { noteMessage } from '../../render/messages/notes.ts';
import { bothForms, tryForms } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { admit, teamsNamed } from '../question/admission.ts';
import { hearLine } from '../question/hear-line.ts';
import { type Place, placeOf } from '../question/place.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { orReport } from '../question/thread-posts.ts';
import { acknowledge } from './acknowledge.ts';
import { openForm, tellClicker } from './line-form-listeners.ts';

/** The buttons of flowlog's messages. One that it does not know is acknowledged: it may be of an older version. */
export function onButton(parts: QuestionParts) {
  return async ({ ack, body }: SlackActionMiddlewareArgs): Promise<void> => {
    await acknowledge(() => ack(), parts.log);
    const click = readClick(body, parts.now());
    if (click === undefined) return;
    const [action] = click.actionId.split(':');
    const teams = teamsNamed(body);
    if (action === ACTIONS.ask) await ask(click, teams, parts);
    if (action === ACTIONS.change) await openForm(click.value, click.triggerId, click.place, parts);
    if (action === ACTIONS.stop) await stop(click, teams, parts);
  };
}

async function ask(
  { messageTs, actionId, actionTs, value, place }: Click,
  teams: readonly string[],
  parts: QuestionParts,
): Promise<void> {
  const id = requestId('click', place.channel, messageTs, actionId, place.person, actionTs);
  const prompt = place.kind === 'thread' ? `@${parts.botName()} ` : `${parts.command} `;
  const heard = await hearLine({ id, line: value, place, teams }, prompt, parts);
  if (heard.kind === 'taken') await heard.answer();
  // A second press a moment after the first is no second question, and no news either.
  if (heard.kind !== 'reply' || place.responseUrl === undefined) return;
  const { responseUrl } = place;
  const threadTs = place.kind === 'thread' ? place.threadTs : undefined;
  await tryForms(bothForms(heard.message), (form) => parts.respond(responseUrl, form, { threadTs }));
}

/** A message that one person alone sees can only be rewritten when it is pressed: then its button goes. */
async function stop(
  { value, place, isPrivate }: Click,
  teams: readonly string[],
  parts: QuestionParts,
): Promise<void> {
  const welcome = await admit({ person: place.person, teams }, parts);
  if ('problem' in welcome) return tellClicker(`${welcome.problem} ${welcome.next}`, place, parts);
  const isStopped = parts.running.stop(value, place.person);
  const words = isStopped ? 'Stopping this question.' : 'This question is not running any more.';
  const { responseUrl } = place;
  if (isPrivate && responseUrl !== undefined)
    await orReport(parts.respond(responseUrl, noteMessage(words), { replaces: true }), {}, parts);
  else if (!isStopped) await tellClicker(words, place, parts);
}

const schema = z.object({
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

/** A button of a message that was pressed. */
export interface Click {
  readonly actionId: string;
  /** When; the same for every delivery of this click. */
  readonly actionTs: string;
  /** What the button carries. It comes from outside: read it like a typed line. */
  readonly value: string;
  readonly messageTs: string;
  readonly triggerId: string;
  /** Whether it is in a message that only this person sees. */
  readonly isPrivate: boolean;
  /** Where an answer to it goes. */
  readonly place: Place;
}

/** Reads a click; undefined for anything else that can be done to an element. */
export function readClick(body: unknown, now: Date): Click | undefined {
  const read = schema.safeParse(body);
  if (!read.success) return undefined;
  const { user, channel, container, message, response_url, trigger_id, actions } = read.data;
  const [{ action_id, action_ts, value }] = actions;
  const threadTs = container.thread_ts ?? message?.thread_ts;
  // Nothing can be posted under a message that one person alone sees: the answer gets a place of its own.
  const under = container.is_ephemeral ? undefined : container.message_ts;
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
    isPrivate: container.is_ephemeral === true,
    place: placeOf(owner, threadTs ?? under),
  };
}
