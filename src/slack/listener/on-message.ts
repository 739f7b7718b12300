import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Message } from '../../render/blocks/block.ts';
import { bothForms, messageArguments, tryForms } from '../api/message-forms.ts';
import { requestId } from '../connection/duplicates.ts';
import { teamsNamed } from '../question/admission.ts';
import { hearLine } from '../question/hear-line.ts';
import { type Place, placeOf } from '../question/place.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { postInThread } from '../question/thread-posts.ts';

/** What a person wrote; two apps that mention each other would never end. */
const written = z.object({
  bot_id: z.undefined().optional(),
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

/** `@flowlog …`: answered in the thread where it stands, or in one under it. */
export function onMention(parts: QuestionParts) {
  return async ({
    event,
    body,
    context,
  }: SlackEventMiddlewareArgs<'app_mention'> & { context: { botUserId?: string } }): Promise<void> => {
    const read = written.safeParse(event);
    if (!read.success) return;
    const { user, channel, text, ts, thread_ts } = read.data;
    const place = placeOf({ channel, person: user }, thread_ts ?? ts);
    const line = lineWithoutMention(text, context.botUserId);
    const heard = await hearLine(
      { id: requestId('event', body.event_id), line, place, teams: teamsNamed(body) },
      `@${parts.botName()} `,
      parts,
    );
    if (heard.kind === 'taken') return heard.answer();
    if (heard.kind !== 'duplicate') await tell(heard.message, place, thread_ts, parts);
  };
}

/** Only the person sees it; Slack shows it in a thread only if the thread is there already. */
async function tell(
  message: Message,
  { channel, person }: Place,
  threadTs: string | undefined,
  parts: QuestionParts,
): Promise<void> {
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  await tryForms(bothForms(message), (form) =>
    parts.clients.sure.chat.postEphemeral({ channel, user: person, ...messageArguments(form), ...thread }),
  );
}

/** What a person wrote to the app; edits, joins, files and what apps write have a subtype or a `bot_id`. */
const DIRECT_MESSAGE = z.object({
  channel_type: z.literal('im'),
  subtype: z.undefined().optional(),
  bot_id: z.undefined().optional(),
  channel: z.string(),
  user: z.string(),
  text: z.string(),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

/** A direct message: a line without any command before it, answered under it. */
export function onDirectMessage(parts: QuestionParts) {
  return async ({
    event,
    body,
    context,
  }: SlackEventMiddlewareArgs<'message'> & { context: { botUserId?: string } }): Promise<void> => {
    const read = DIRECT_MESSAGE.safeParse(event);
    if (!read.success) return;
    const { channel, user, text, ts, thread_ts } = read.data;
    const threadTs = thread_ts ?? ts;
    const place = placeOf({ channel, person: user }, threadTs);
    const line = lineWithoutMention(text, context.botUserId);
    const said = { id: requestId('event', body.event_id), line, place, teams: teamsNamed(body) };
    const heard = await hearLine(said, '', parts);
    if (heard.kind === 'taken') return heard.answer();
    if (heard.kind !== 'duplicate')
      await postInThread(bothForms(heard.message), { channel, threadTs }, parts);
  };
}

/**
 * The line in a message that mentions the app, wherever the mention stands. A label holds no `<`, so that a message
 * full of mentions that never end is read in one pass.
 */
export function lineWithoutMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text.trim();
  return text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>`, 'g'), ' ').trim();
}
