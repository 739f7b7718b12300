import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { orLate } from '../../core/deadline.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { keepTrying } from '../api/keep-trying.ts';
import { bothForms, messageArguments, tryForms } from '../api/message-forms.ts';
import { slackRefusal } from '../api/slack-refusal.ts';
import { requestId } from '../connection/duplicates.ts';
import { teamsNamed } from '../question/admission.ts';
import { handleLine, type LineHandling, type SlackParts } from '../question/handle-line.ts';
import { placeOf } from '../question/place.ts';
import { postMessage, type SlackOutput } from '../question/thread-posts.ts';

/** What a person wrote. Messages of apps are left out: two apps that mention each other would never end. */
const MENTION = z.object({
  bot_id: z.undefined().optional(),
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

/** What a person wrote to the app; edits, joins and files have a subtype. */
const DIRECT_MESSAGE = MENTION.extend({
  channel_type: z.literal('im'),
  subtype: z.undefined().optional(),
});

type PersonMessage = z.infer<typeof MENTION>;
type EventArguments<E extends 'app_mention' | 'message'> = SlackEventMiddlewareArgs<E> & {
  readonly context: { readonly botUserId?: string; readonly acknowledge?: () => Promise<void> };
};

/** `@flowlog …`: answered in the thread of the message, or in a new one under it. */
export function onMention(parts: SlackParts) {
  return async ({ event, body, context }: EventArguments<'app_mention'>): Promise<void> => {
    const read = MENTION.safeParse(event);
    if (!read.success) return;
    const { channel, user, thread_ts } = read.data;
    const { output } = parts;
    const prompt = `@${output.botName()} `;
    const handling = await handleMessage(read.data, { body, botUserId: context.botUserId }, prompt, parts);
    await settle(handling, context, parts, (message) =>
      replyAlone(bothForms(message), { channel, user, threadTs: thread_ts }, output),
    );
  };
}

/** Who has mistyped a line has typed another one by then: such replies must not pile up while Slack is gone. */
const REPLY_WORTH_MS = 10 * 60_000;

/**
 * Replies so that only the person sees it; Slack shows it in a thread only if the thread is there already. Where Slack
 * refuses that in the channel, the reply goes into the messages with the person.
 */
async function replyAlone(
  forms: readonly Message[],
  {
    channel,
    user,
    threadTs,
  }: { readonly channel: string; readonly user: string; readonly threadTs?: string | undefined },
  output: SlackOutput,
): Promise<void> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  const { patient } = output.clients;
  const patience = { ...output, worthMs: REPLY_WORTH_MS };
  try {
    await tryForms(forms, (form) => {
      const reply = { channel, user, ...messageArguments(form), ...thread };
      return keepTrying(() => patient.chat.postEphemeral(reply), patience);
    });
  } catch (error) {
    if (slackRefusal(error) === undefined) throw error;
    await postMessage(forms, { channel: user, threadTs: undefined }, patience);
  }
}

/** A direct message: a line without any command before it, answered under it. */
export function onDirectMessage(parts: SlackParts) {
  return async ({ event, body, context }: EventArguments<'message'>): Promise<void> => {
    const read = DIRECT_MESSAGE.safeParse(event);
    if (!read.success) return;
    const { channel, ts, thread_ts } = read.data;
    const handling = await handleMessage(read.data, { body, botUserId: context.botUserId }, '', parts);
    await settle(handling, context, parts, async (message) => {
      await postMessage(bothForms(message), { channel, threadTs: thread_ts ?? ts }, parts.output);
    });
  };
}

/** So long Slack may take to carry a reply before the event is acknowledged all the same: it waits for three seconds. */
const REPLY_MS = 1_500;

/**
 * Does what a line needs. An app that stops leaves what it has not taken without acknowledgement or reply: Slack delivers it
 * again. A reply is nowhere written down: the event is acknowledged once Slack took it, so that Slack delivers it again where
 * the process is killed in between.
 */
async function settle(
  handling: LineHandling,
  { acknowledge }: { readonly acknowledge?: () => Promise<void> },
  { output: { stopping } }: Pick<SlackParts, 'output'>,
  reply: (message: Message) => Promise<void>,
): Promise<void> {
  if (stopping.aborted && handling.kind !== 'taken') return;
  const replied = 'message' in handling ? reply(handling.message) : undefined;
  try {
    if (replied !== undefined) await orLate(REPLY_MS, replied);
  } finally {
    await acknowledge?.();
  }
  await (handling.kind === 'taken' ? handling.answer() : replied);
}

interface EventEnvelope {
  readonly body: { readonly event_id: string };
  readonly botUserId: string | undefined;
}

function handleMessage(
  { channel, user, text, ts, thread_ts }: PersonMessage,
  { body, botUserId }: EventEnvelope,
  prompt: string,
  parts: SlackParts,
): Promise<LineHandling> {
  const incoming = {
    id: requestId('event', body.event_id),
    line: lineWithoutMention(text, botUserId),
    place: placeOf({ channel, person: user }, thread_ts ?? ts),
    teams: teamsNamed(body),
  };
  return handleLine(incoming, prompt, parts);
}

/**
 * The line in a message that mentions the app, wherever the mention is. A label holds no `<`, so that a message full of
 * mentions that never end is read in one pass.
 */
export function lineWithoutMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text.trim();
  return text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>`, 'g'), ' ').trim();
}
