import { WebAPIPlatformError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../src/render/limits.ts';
import { givenClock, givenPlayground } from '../given.ts';
import { clientOf } from '../tiny-app.ts';
import { refusedCalls } from './refused-calls.ts';

const incident = 'C0INCIDENT';
const general = 'C0GENERAL';
const secret = 'G0SECRET';

/** The name of the error with which a call is refused, or `ok`. */
async function errorOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error;
    throw error;
  }
}

describe('the Web API', () => {
  it.each(refusedCalls)('refuses %s with %s', async (_what, error, call) => {
    const playground = await givenPlayground();
    expect(await errorOf(call(clientOf(playground), playground))).toBe(error);
    expect(playground.calls.at(-1)?.result).toBe(error);
  });

  it.each([
    ['no token', '', 'auth.test', 'not_authed'],
    ['a token that it never gave', 'xoxb-other', 'auth.test', 'invalid_auth'],
    ['the app token for a bot method', 'xapp-playground-1', 'auth.test', 'not_allowed_token_type'],
    [
      'the bot token for a connection',
      'xoxb-playground-1',
      'apps.connections.open',
      'not_allowed_token_type',
    ],
    ['the app token for a connection', 'xapp-playground-1', 'apps.connections.open', 'ok'],
  ])('answers %s on %s … as Slack does', async (_what, token, method, error) => {
    const playground = await givenPlayground();
    const body = new URLSearchParams(token ? { token } : {});
    const response = await fetch(`${playground.slackApiUrl}${method}`, { method: 'POST', body });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { ok: boolean; error?: string };
    expect(answer.ok ? 'ok' : answer.error).toBe(error);
    expect(JSON.stringify(playground.calls)).not.toContain('xoxb');
  });

  it('names the scope that is missing and those that were granted', async () => {
    const playground = await givenPlayground({ scopes: ['commands'] });
    const answer = clientOf(playground).chat.postMessage({ channel: incident, text: 'x' });
    await expect(answer).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'chat:write', provided: 'commands' },
    });
  });

  it('lets an app with chat:write.public write where it is not, but not share files there', async () => {
    const playground = await givenPlayground({ scopes: ['chat:write', 'chat:write.public', 'files:write'] });
    const client = clientOf(playground);
    expect(await errorOf(client.chat.postMessage({ channel: general, text: 'x' }))).toBe('ok');
    expect(await errorOf(client.chat.postMessage({ channel: secret, text: 'x' }))).toBe('channel_not_found');
    expect(await errorOf(client.filesUploadV2({ channel_id: general, filename: 'a', content: 'x' }))).toBe(
      'not_in_channel',
    );
  });

  it('cuts text that is too long, with a warning', async () => {
    const playground = await givenPlayground();
    const answer = await clientOf(playground).chat.postMessage({
      channel: incident,
      text: 'x'.repeat(LIMITS.messageTextCut + 1),
    });
    expect(answer.warning).toBe('message_truncated');
    expect(playground.messages(incident)[0]?.text).toHaveLength(LIMITS.messageTextCut);
  });

  it('drops blocks that an update does not repeat, and keeps the metadata', async () => {
    const playground = await givenPlayground();
    const client = clientOf(playground);
    const metadata = { event_type: 'e', event_payload: { run: 1 } };
    const posted = await client.chat.postMessage({
      channel: incident,
      text: 'x',
      blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: 'x' }] }],
      metadata,
    });
    await client.chat.update({ channel: incident, ts: posted.ts ?? '', text: 'y' });
    expect(playground.messages(incident)[0]).toMatchObject({ text: 'y', blocks: [], metadata, edited: true });
  });

  it('points to the mistake in the blocks', async () => {
    const playground = await givenPlayground();
    const blocks = [
      { type: 'context', elements: [{ type: 'plain_text', text: 'x'.repeat(LIMITS.sectionText + 1) }] },
    ];
    const error = await clientOf(playground)
      .chat.postMessage({ channel: incident, text: 'x', blocks })
      .catch((caught) => caught);
    expect(error.data.response_metadata.messages).toEqual([
      '[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/elements/0/text]',
    ]);
  });

  it('shows the time zone of each person', async () => {
    const clock = givenClock();
    const playground = await givenPlayground({ now: clock.now });
    const { user } = await clientOf(playground).users.info({ user: 'U0BEN' });
    expect(user).toMatchObject({ tz: 'America/New_York', tz_offset: -18_000, real_name: 'Ben Carter' });
  });

  it('counts the replies of a thread in the message that it shows', async () => {
    const playground = await givenPlayground();
    const client = clientOf(playground);
    const { ts = '' } = await client.chat.postMessage({ channel: incident, text: 'parent' });
    for (const text of ['a', 'b', 'c'])
      await client.chat.postMessage({ channel: incident, text, thread_ts: ts });
    const changed = await client.chat.update({ channel: incident, ts, text: 'changed' });
    expect(changed.message).toMatchObject({ text: 'changed', thread_ts: ts, reply_count: 3 });
  });

  it('refuses a method that is not played, by name', async () => {
    const playground = await givenPlayground();
    const error = await clientOf(playground)
      .conversations.list()
      .catch((caught) => caught);
    expect(error.data.response_metadata.messages).toEqual(['[ERROR] conversations.list is not played here']);
  });

  it('refuses a block that is not played, by name', async () => {
    const playground = await givenPlayground();
    const error = await clientOf(playground)
      .chat.postMessage({ channel: incident, text: 'x', blocks: [{ type: 'divider' }] })
      .catch((caught) => caught);
    expect(error.data).toMatchObject({
      error: 'invalid_blocks',
      errors: ['divider is not played here [json-pointer:/blocks/0/type]'],
      response_metadata: { messages: ['[ERROR] divider is not played here [json-pointer:/blocks/0/type]'] },
    });
  });

  it('never gives the same timestamp twice, even on a stopped clock', async () => {
    const playground = await givenPlayground({ now: givenClock().now });
    const client = clientOf(playground);
    const posted = await Promise.all(
      ['a', 'b', 'c'].map((text) => client.chat.postMessage({ channel: incident, text })),
    );
    expect(new Set(posted.map((answer) => answer.ts)).size).toBe(3);
    expect(posted[0]?.ts).toMatch(/^1795\d{6}\.\d{6}$/);
  });
});
