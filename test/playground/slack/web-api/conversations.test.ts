import { describe, expect, it } from 'vitest';
import { givenPlayground } from '../given.ts';
import { clientOf } from '../tiny-app.ts';

const channel = 'C0INCIDENT';
const metadata = { event_type: 'a_test', event_payload: { id: '1' } };

/** A channel with two messages of the app, the first with two replies. */
async function givenThread() {
  const playground = await givenPlayground();
  const client = clientOf(playground);
  const { ts = '' } = await client.chat.postMessage({ channel, text: 'first', metadata });
  await client.chat.postMessage({ channel, text: 'reply', thread_ts: ts, metadata });
  await client.chat.postMessage({ channel, text: 'shown in both', thread_ts: ts, reply_broadcast: true });
  await client.chat.postMessage({ channel, text: 'second' });
  return { client, ts };
}

const textsOf = ({ messages = [] }: { messages?: { text?: string }[] }) => messages.map(({ text }) => text);

describe('the history of a channel', () => {
  it('is newest first, and has the replies alone that are shown in the channel', async () => {
    const { client } = await givenThread();
    const all = await client.conversations.history({ channel });
    expect(textsOf(all).slice(0, 3)).toEqual(['second', 'shown in both', 'first']);
    const newest = await client.conversations.history({ channel, limit: 1 });
    expect([textsOf(newest), newest.has_more]).toEqual([['second'], true]);
  });

  it('begins after `oldest`, and shows metadata where they are asked for', async () => {
    const { client, ts } = await givenThread();
    expect(textsOf(await client.conversations.history({ channel, oldest: ts }))).not.toContain('first');
    const options = { channel, oldest: ts, inclusive: true };
    const first = async (include_all_metadata: boolean) =>
      (await client.conversations.history({ ...options, include_all_metadata })).messages?.at(-1);
    expect(await first(true)).toMatchObject({ text: 'first', metadata });
    expect(await first(false)).not.toHaveProperty('metadata');
  });
});

describe('the replies of a thread', () => {
  it('begin with its parent', async () => {
    const { client, ts } = await givenThread();
    const found = await client.conversations.replies({ channel, ts, include_all_metadata: true });
    expect(textsOf(found)).toEqual(['first', 'reply', 'shown in both']);
    expect(found.messages?.[1]).toMatchObject({ metadata });
  });

  it('need the scope for the kind of the channel', async () => {
    const playground = await givenPlayground({ scopes: ['im:history'] });
    const read = clientOf(playground).conversations.history({ channel });
    await expect(read).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'channels:history' },
    });
  });
});
