import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../../src/playground/slack/slack-playground.ts';
import { LIMITS } from '../../../../src/render/limits.ts';
import { givenApp, givenClock, givenPlayground } from '../given.ts';

const place = { person: 'ana', channel: '#incident-42' };

/** A playground on which a command was typed, and the address that the app got with it. */
async function givenAddress(clock = givenClock()): Promise<{ playground: SlackPlayground; url: string }> {
  const playground = await givenPlayground({ now: clock.now });
  let url = '';
  await givenApp(playground, (app) => {
    app.command('/flowlog', async ({ ack, command }) => {
      url = command.response_url;
      await ack();
    });
  });
  await playground.type({ ...place, text: '/flowlog x' });
  return { playground, url };
}

async function answer(url: string, body: object): Promise<string> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  return `${response.status} ${await response.text()}`;
}

describe('a response_url', () => {
  it('is good for five answers, and no more', async () => {
    const { playground, url } = await givenAddress();
    const answers: string[] = [];
    for (let use = 0; use <= LIMITS.responseUrlUses; use += 1)
      answers.push(await answer(url, { text: `${use}` }));
    expect(answers.slice(0, -1).every((one) => one === '200 ok')).toBe(true);
    expect(answers.at(-1)).toBe('404 {"ok":false,"error":"used_url"}');
    expect(playground.messages('#incident-42', { person: 'ana' })).toHaveLength(LIMITS.responseUrlUses);
    expect(playground.messages('#incident-42', { person: 'ben' })).toHaveLength(0);
  });

  it('expires after half an hour', async () => {
    const clock = givenClock();
    const { url } = await givenAddress(clock);
    clock.advance(LIMITS.responseUrlMs + 1);
    expect(await answer(url, { text: 'late' })).toBe('404 {"ok":false,"error":"expired_url"}');
  });

  it('refuses blocks that Slack would refuse', async () => {
    const { url } = await givenAddress();
    expect(await answer(url, { blocks: [{ type: 'headr' }] })).toBe(
      '400 {"ok":false,"error":"invalid_blocks"}',
    );
    expect(await answer(url, {})).toBe('400 {"ok":false,"error":"no_text"}');
    expect(await answer(url, { delete_original: true })).toBe(
      '400 {"ok":false,"error":"delete_original is not played here"}',
    );
  });

  it('reaches a channel where the app is not', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, (app) => {
      app.command('/flowlog', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'seen by all', response_type: 'in_channel' });
      });
    });
    await playground.type({ person: 'ana', channel: '#secret', text: '/flowlog x' });
    const message = await playground.until(() =>
      playground.messages('#secret').find((one) => one.text === 'seen by all'),
    );
    expect(message.onlyFor).toBeUndefined();
  });

  it('replaces the message whose button was pressed', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, (app) => {
      const button = (id: string) =>
        ({ type: 'button', action_id: id, text: { type: 'plain_text', text: id } }) as const;
      app.command('/flowlog', async ({ ack, client, command }) => {
        await ack();
        await client.chat.postMessage({
          channel: command.channel_id,
          text: 'x',
          blocks: [{ type: 'actions', elements: [button('replace')] }],
        });
      });
      app.action('replace', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'replaced', replace_original: true });
      });
    });
    await playground.type({ ...place, text: '/flowlog x' });
    await playground.until(() => playground.messages('#incident-42')[0]);
    await playground.click({ ...place, actionId: 'replace' });
    await playground.until(() => playground.messages('#incident-42').find((one) => one.text === 'replaced'));
    expect(playground.messages('#incident-42')).toMatchObject([{ text: 'replaced', blocks: [] }]);
  });
});
