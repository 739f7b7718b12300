import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { SlackPlayground } from '../../../../src/playground/slack/slack-playground.ts';
import { LIMITS } from '../../../../src/render/limits.ts';

const incident = 'C0INCIDENT';
const general = 'C0GENERAL';
const secret = 'G0SECRET';
const archive = 'C0ARCHIVE';

type Call = (client: WebClient, playground: SlackPlayground) => Promise<unknown>;

const view: ModalView = {
  type: 'modal',
  title: { type: 'plain_text', text: 'x' },
  blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: 'x' }] }],
};

/** What a call asks, the error it meets, and the call. */
export const refusedCalls: readonly (readonly [string, string, Call])[] = [
  ['a method that does not exist', 'unknown_method', (c) => c.apiCall('chat.shout')],
  ['a method that flowlog never calls', 'unknown_method', (c) => c.conversations.list()],
  ['no text and no blocks', 'no_text', (c) => c.chat.postMessage({ channel: incident, text: '' })],
  [
    'a channel that does not exist',
    'channel_not_found',
    (c) => c.chat.postMessage({ channel: 'C9', text: 'x' }),
  ],
  [
    'a private channel without the app',
    'channel_not_found',
    (c) => c.chat.postMessage({ channel: secret, text: 'x' }),
  ],
  [
    'a public channel without the app',
    'not_in_channel',
    (c) => c.chat.postMessage({ channel: general, text: 'x' }),
  ],
  [
    'the history of a channel without the app',
    'not_in_channel',
    (c) => c.conversations.history({ channel: general }),
  ],
  [
    'the replies of a thread that does not exist',
    'thread_not_found',
    (c) => c.conversations.replies({ channel: incident, ts: '1.1' }),
  ],
  [
    'more of a history than a page holds',
    'invalid_limit',
    (c) => c.conversations.history({ channel: incident, limit: 1_000 }),
  ],
  ['an archived channel', 'is_archived', (c) => c.chat.postMessage({ channel: archive, text: 'x' })],
  [
    'a thread that does not exist',
    'thread_not_found',
    (c) => c.chat.postMessage({ channel: incident, text: 'x', thread_ts: '1.1' }),
  ],
  [
    'blocks that are not JSON',
    'invalid_blocks_format',
    (c) => c.apiCall('chat.postMessage', { channel: incident, blocks: '[' }),
  ],
  [
    'metadata without an event type',
    'invalid_metadata_format',
    (c) => c.apiCall('chat.postMessage', { channel: incident, text: 'x', metadata: '{}' }),
  ],
  [
    'metadata beyond the limit',
    'metadata_too_large',
    (c) =>
      c.chat.postMessage({
        channel: incident,
        text: 'x',
        metadata: { event_type: 'e', event_payload: { big: 'x'.repeat(LIMITS.metadataBytes) } },
      }),
  ],
  [
    'more blocks than a message holds',
    'msg_blocks_too_many',
    (c) =>
      c.chat.postMessage({
        channel: incident,
        text: 'x',
        blocks: Array.from({ length: LIMITS.messageBlocks + 1 }, () => ({
          type: 'context',
          elements: [{ type: 'plain_text', text: 'x' }],
        })),
      }),
  ],
  [
    'an update of a message that does not exist',
    'message_not_found',
    (c) => c.chat.update({ channel: incident, ts: '1.1', text: 'x' }),
  ],
  [
    'an update with longer text',
    'msg_too_long',
    async (c) => {
      const { ts = '' } = await c.chat.postMessage({ channel: incident, text: 'x' });
      return c.chat.update({ channel: incident, ts, text: 'x'.repeat(LIMITS.messageText + 1) });
    },
  ],
  [
    'an update of what a person said',
    'cant_update_message',
    async (c, playground) => {
      await playground.type({ person: 'ana', channel: incident, text: 'hello' });
      return c.chat.update({ channel: incident, ts: playground.messages(incident)[0]?.ts ?? '', text: 'x' });
    },
  ],
  [
    'an update of an ephemeral message',
    'message_not_found',
    async (c) => {
      const { message_ts = '' } = await c.chat.postEphemeral({ channel: incident, user: 'U0ANA', text: 'x' });
      return c.chat.update({ channel: incident, ts: message_ts, text: 'y' });
    },
  ],
  [
    'an ephemeral message to a person outside the channel',
    'user_not_in_channel',
    (c) => c.chat.postEphemeral({ channel: incident, user: 'U9', text: 'x' }),
  ],
  [
    'a link to nothing',
    'message_not_found',
    (c) => c.chat.getPermalink({ channel: incident, message_ts: '1.1' }),
  ],
  ['a person who does not exist', 'user_not_found', (c) => c.users.info({ user: 'U9' })],
  [
    'a file where the app is not',
    'not_in_channel',
    (c) => c.files.completeUploadExternal({ files: [{ id: 'F9' }], channel_id: general }),
  ],
  ['a missing argument', 'invalid_arguments', (c) => c.apiCall('users.info')],
  ['a trigger that was never given', 'invalid_trigger', (c) => c.views.open({ trigger_id: 'x', view })],
  [
    'a modal with a long title',
    'invalid_arguments',
    (c) =>
      c.views.open({
        trigger_id: 'x',
        view: { ...view, title: { type: 'plain_text', text: 'x'.repeat(LIMITS.modalTitle + 1) } },
      }),
  ],
  [
    'an update of a modal that is not said',
    'invalid_arguments',
    (c) => c.views.update({ view_id: '', view }),
  ],
  ['an update of a modal that is not open', 'not_found', (c) => c.views.update({ view_id: 'V9', view })],
  ['an empty file', 'missing_argument', (c) => c.files.getUploadURLExternal({ filename: 'x', length: 0 })],
  [
    'a snippet that is too large',
    'snippet_too_large',
    (c) =>
      c.files.getUploadURLExternal({ filename: 'x', length: LIMITS.snippetBytes + 1, snippet_type: 'csv' }),
  ],
  [
    'sharing a file that was not uploaded',
    'file_not_found',
    (c) => c.files.completeUploadExternal({ files: [{ id: 'F9' }], channel_id: incident }),
  ],
];
