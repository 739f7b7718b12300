import type { MessageMetadata } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { LIMITS } from '../../render/limits.ts';
import { keepTrying, type Patience } from './keep-trying.ts';

/** What a message of flowlog is: the status of a request, or its answer in the thread below. */
export interface Mark {
  readonly request: string;
  readonly part: 'status' | 'answer';
}

const EVENT_TYPE = 'flowlog_message';

/** The mark as it goes along with a message. Everybody in the workspace can read it: it says nothing that the message does not. */
export function metadataOf({ request, part }: Mark): MessageMetadata {
  return { event_type: EVENT_TYPE, event_payload: { request, part } };
}

/** A message that was posted, that it was not, or that Slack does not let the app look. */
export type Looked = { readonly ts: string } | 'not there' | 'unknown';

/** Where to look: a channel, or a thread of it, and not before an instant. */
interface LookedIn {
  readonly channel: string;
  readonly threadTs: string | undefined;
  readonly since: Date;
}

/** Clocks of Slack and of this machine may differ by as much, in milliseconds. */
const CLOCKS_DIFFER_MS = 5 * 60_000;

/** What a message looks like by which it is found again. */
interface PostedMessage {
  readonly ts: string;
  readonly mark: Mark | undefined;
  readonly fileIds: readonly string[];
}

/** Looks whether a message was posted of which it is not known, as after a crash or a connection that broke. */
export async function findPosted(
  { request, part }: Mark,
  where: LookedIn,
  client: WebClient,
  patience: Patience,
): Promise<Looked> {
  const isIt = ({ mark }: PostedMessage) => mark?.request === request && mark.part === part;
  return found(await lookThrough(where, client, patience), isIt);
}

/** The same for the message that shares a file, which Slack lets carry no mark. */
export async function findFile(
  id: string,
  where: LookedIn,
  client: WebClient,
  patience: Patience,
): Promise<Looked> {
  return found(await lookThrough(where, client, patience), ({ fileIds }) => fileIds.includes(id));
}

function found(
  messages: readonly PostedMessage[] | 'unknown',
  isIt: (message: PostedMessage) => boolean,
): Looked {
  if (messages === 'unknown') return 'unknown';
  const message = messages.find(isIt);
  return message === undefined ? 'not there' : { ts: message.ts };
}

async function lookThrough(
  { channel, threadTs, since }: LookedIn,
  client: WebClient,
  patience: Patience,
): Promise<readonly PostedMessage[] | 'unknown'> {
  const oldest = String((since.getTime() - CLOCKS_DIFFER_MS) / 1000);
  const page = { channel, oldest, limit: LIMITS.historyMost, include_all_metadata: true };
  try {
    const { messages = [] } = await keepTrying<{ readonly messages?: readonly unknown[] }>(
      () =>
        threadTs === undefined
          ? client.conversations.history(page)
          : client.conversations.replies({ ...page, ts: threadTs }),
      patience,
    );
    return messages.map((message) => readPosted(message));
  } catch (error) {
    if (patience.stopping.aborted) throw error;
    return 'unknown';
  }
}

const POSTED = z.object({
  ts: z.string(),
  files: z.array(z.object({ id: z.string() })).catch([]),
  metadata: z
    .object({
      event_type: z.literal(EVENT_TYPE),
      event_payload: z.object({ request: z.string(), part: z.enum(['status', 'answer']) }),
    })
    .optional()
    .catch(undefined),
});

function readPosted(message: unknown): PostedMessage {
  const { ts, files, metadata } = POSTED.parse(message);
  return { ts, mark: metadata?.event_payload, fileIds: files.map((file) => file.id) };
}
