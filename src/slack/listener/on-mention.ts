import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Message } from '../../render/blocks/block.ts';
import { messageArguments } from '../api/message-arguments.ts';
import { bothForms, tryForms } from '../api/try-forms.ts';
import { hearLine } from '../question/hear-line.ts';
import { type Place, placeOf } from '../question/place.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { requestId } from '../question/request-id.ts';
import { lineWithoutMention } from './line-without-mention.ts';
import { teamsNamed } from './teams-named.ts';

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
