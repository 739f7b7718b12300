import { createServer } from 'node:net';
import { HTTPReceiver } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import type { PlaygroundOptions } from '../../../../src/playground/slack/options.ts';
import { givenApp, givenPlayground } from '../given.ts';
import { quiet } from '../tiny-app.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

async function given(options: Partial<PlaygroundOptions> & { readonly appSecret?: string } = {}) {
  const port = await freePort();
  const { appSecret = 'signing-secret', ...rest } = options;
  const requestUrl = `http://127.0.0.1:${port}/slack/events`;
  const playground = await givenPlayground({ requestUrl, signingSecret: 'signing-secret', ...rest });
  const receiver = new HTTPReceiver({ signingSecret: appSecret, port, logger: quiet });
  const heard: string[] = [];
  await givenApp(
    playground,
    (app) => {
      app.command('/flowlog', async ({ ack, command }) => ack(`got ${command.text}`));
      app.event('app_mention', async ({ event }) => void heard.push(event.text));
      app.action('press', async ({ ack, action }) => {
        await ack();
        if (action.type === 'button') heard.push(action.value ?? '');
      });
    },
    receiver,
  );
  return { playground, heard };
}

describe('an app behind a request URL', () => {
  it('takes signed commands, events and presses', async () => {
    const { playground, heard } = await given();
    const place = { person: 'ana', channel: '#incident-42' };
    expect(await playground.type({ ...place, text: '/flowlog a&b=c é' })).toEqual({ outcome: 'acked' });
    expect(playground.transcript('#incident-42')).toBe('flowlog (only visible to one): got a&b=c é');
    expect(await playground.type({ ...place, text: '@flowlog hello' })).toEqual({ outcome: 'acked' });
    await playground.until(() => heard.find((text) => text.endsWith('hello')));
    expect(heard).toEqual(['<@U0FLOWLOG> hello']);
  });

  it('turns a request away whose signature is not ours, and the person reads dispatch_failed', async () => {
    const { playground } = await given({ appSecret: 'another-secret' });
    const reaction = await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog x' });
    expect(reaction).toEqual({ outcome: 'failed', error: 'dispatch_failed' });
  });

  it('reads dispatch_failed when no server listens', async () => {
    const requestUrl = `http://127.0.0.1:${await freePort()}/slack/events`;
    const playground = await givenPlayground({ requestUrl, signingSecret: 's' });
    const reaction = await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog x' });
    expect(reaction).toEqual({ outcome: 'failed', error: 'dispatch_failed' });
  });

  it('requires a secret to sign with', async () => {
    await expect(givenPlayground({ requestUrl: 'http://127.0.0.1:9/' })).rejects.toThrow('signingSecret');
  });
});
