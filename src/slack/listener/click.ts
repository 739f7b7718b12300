import { z } from 'zod';
import { type Place, placeOf } from '../question/place.ts';

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
