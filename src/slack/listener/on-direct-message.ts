import type { SlackEventMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { bothForms } from '../api/try-forms.ts';
import { hearLine } from '../question/hear-line.ts';
import { placeOf } from '../question/place.ts';
import { postInThread } from '../question/post/post-answer.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { requestId } from '../question/request-id.ts';
import { lineWithoutMention } from './line-without-mention.ts';
import { teamsNamed } from './teams-named.ts';

/** What a person wrote to the app; edits, joins, files and what apps write have a subtype or a `bot_id`. */
const written = z.object({
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
    const read = written.safeParse(event);
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
