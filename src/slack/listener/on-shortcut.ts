import type { SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { teamsNamed } from '../question/admission.ts';
import type { SlackParts } from '../question/handle-line.ts';
import { placeOf } from '../question/place.ts';
import { MESSAGE_SHORTCUT } from '../scopes.ts';
import { acknowledge } from './acknowledge.ts';
import { openFormOfMessage } from './open-form.ts';

const SHORTCUT = z.object({
  type: z.literal('message_action'),
  callback_id: z.literal(MESSAGE_SHORTCUT.callbackId),
  trigger_id: z.string(),
  response_url: z.string(),
  message_ts: z.string(),
  message: z.looseObject({ thread_ts: z.string().optional() }),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
});

/** "Ask flow logs" in the menu of a message: opens the form that the message fills, for its thread. */
export function onShortcut(parts: SlackParts) {
  return async ({ ack, shortcut, body }: SlackShortcutMiddlewareArgs): Promise<void> => {
    const { output } = parts;
    await acknowledge(() => ack(), output.log);
    const read = SHORTCUT.safeParse(shortcut);
    if (!read.success) return;
    const { user, channel, message, message_ts, response_url, trigger_id } = read.data;
    const now = output.now();
    const responseUrl = { url: response_url, givenMs: now.getTime(), isOfMessage: true };
    const owner = { channel: channel.id, person: user.id, responseUrl };
    const trigger = {
      triggerId: trigger_id,
      place: placeOf(owner, message.thread_ts ?? message_ts),
      teams: teamsNamed(body),
    };
    await openFormOfMessage(message, sentAt(message_ts, now), trigger, parts);
  };
}

/** The timestamp of a message is when it was sent, in seconds. */
function sentAt(ts: string, now: Date): Date {
  const ms = Number(ts) * 1000;
  return ms > 0 && ms <= now.getTime() ? new Date(ms) : now;
}
