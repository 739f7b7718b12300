import type { SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { placeOf } from '../question/place.ts';
import type { QuestionParts } from '../question/question-parts.ts';
import { MESSAGE_SHORTCUT } from '../scopes.ts';
import { acknowledge } from './acknowledge.ts';
import { openForm } from './open-form.ts';

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
