import { describe, expect, it } from 'vitest';
import { writeTypedText } from '../../../../src/playground/slack/interaction/type-line.ts';
import { createWorkspace } from '../../../../src/playground/slack/workspace/workspace.ts';
import { givenApp, givenPlayground } from '../given.ts';
import { addShowcase } from '../showcase.ts';

const ana = { person: 'ana', channel: '#incident-42' };

describe('what a person types', () => {
  it.each([
    ['to 10.0.1.5 last 1h', 'to 10.0.1.5 last 1h'],
    ['@flowlog to 10.0.1.5', '<@U0FLOWLOG> to 10.0.1.5'],
    ['thanks @ben, not @nobody', 'thanks <@U0BEN>, not @nobody'],
    ['who db.example.com', 'who <http://db.example.com|db.example.com>'],
    ['see https://example.com/a?b=1&c=2', 'see <https://example.com/a?b=1&amp;c=2>'],
    ['mail me at ana@example.com', 'mail me at ana@example.com'],
    ['1 < 2 & 3 > 2', '1 &lt; 2 &amp; 3 &gt; 2'],
    ['<!channel>', '&lt;!channel&gt;'],
  ])('%s reaches the app as %s', (typed, written) => {
    const workspace = createWorkspace({
      now: () => new Date(0),
      newId: () => '1',
      newSecret: () => '1',
      botToken: 'b',
      appToken: 'a',
      scopes: [],
    });
    expect(writeTypedText(typed, workspace)).toBe(written);
  });

  it('is refused as a command in a thread', async () => {
    const playground = await givenPlayground();
    await playground.type({ ...ana, text: 'parent' });
    const threadTs = playground.messages('#incident-42')[0]?.ts ?? '';
    const reaction = await playground.type({ ...ana, text: '/flowlog x', threadTs });
    expect(reaction).toMatchObject({
      outcome: 'refused',
      reason: '/flowlog is not supported in threads. Sorry!',
    });
  });

  it('reaches the app as a mention, in the thread in which it was typed', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, addShowcase);
    await playground.type({ ...ana, text: 'parent' });
    const threadTs = playground.messages('#incident-42')[0]?.ts ?? '';
    await playground.type({ ...ana, text: '@flowlog and now?', threadTs });
    const answer = await playground.until(() =>
      playground.messages('#incident-42').find((message) => message.author.kind === 'bot'),
    );
    expect(answer).toMatchObject({ threadTs, text: 'You said: <@U0FLOWLOG> and now?' });
  });

  it('asks to invite the app where it is not, and then reaches it', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, addShowcase);
    const line = { person: 'ana', channel: '#secret', text: '@flowlog hello' };
    expect(await playground.type(line)).toMatchObject({ outcome: 'refused' });
    expect(playground.transcript('#secret')).toContain('/invite @flowlog');
    expect(await playground.type({ ...line, text: '/invite @flowlog' })).toEqual({ outcome: 'done' });
    expect(playground.channel('#secret').botIsMember).toBe(true);
    expect(await playground.type(line)).toEqual({ outcome: 'acked' });
  });

  it('reaches the app in its own direct message', async () => {
    const playground = await givenPlayground();
    const heard: unknown[] = [];
    await givenApp(playground, (app) => app.event('message', async ({ event }) => void heard.push(event)));
    await playground.type({ person: 'kenji', channel: '@kenji', text: 'to 10.0.1.5' });
    await playground.until(() => heard[0]);
    expect(heard[0]).toMatchObject({
      channel_type: 'im',
      channel: 'D0KENJI',
      user: 'U0KENJI',
      text: 'to 10.0.1.5',
    });
  });

  it.each([
    ['in an archived channel', { ...ana, channel: '#incident-41', text: 'x' }, 'archived'],
    [
      'in a channel they are not in',
      { person: 'kenji', channel: '#secret', text: 'x' },
      'not in this channel',
    ],
    ['as a command that no app has', { ...ana, text: '/deploy' }, 'not a valid command'],
    ['as nothing', { ...ana, text: '  ' }, 'nothing to send'],
  ])('is refused %s', async (_where, line, reason) => {
    const playground = await givenPlayground();
    expect(await playground.type(line)).toMatchObject({
      outcome: 'refused',
      reason: expect.stringContaining(reason),
    });
  });

  it('comes again as an event until it is acknowledged, with the same event id', async () => {
    const playground = await givenPlayground({ ackMs: 60, eventRetryMs: [0, 20] });
    const seen: { id: string; retry: number | undefined; reason: string | undefined }[] = [];
    await givenApp(playground, (app) => {
      app.use(async ({ body, context, next }) => {
        if ('event_id' in body)
          seen.push({ id: String(body.event_id), retry: context.retryNum, reason: context.retryReason });
        await next();
      });
      app.event('app_mention', async () => {});
    });
    playground.faults.loseEnvelopes(2);
    expect(await playground.type({ ...ana, text: '@flowlog hello' })).toEqual({
      outcome: 'failed',
      error: 'operation_timeout',
    });
    await playground.until(() => seen[0]);
    expect(seen).toEqual([{ id: expect.stringMatching(/^Ev/), retry: 2, reason: 'timeout' }]);
  });

  it('is not sent to an app without the scope for it', async () => {
    const playground = await givenPlayground({ scopes: ['chat:write'] });
    await givenApp(playground, addShowcase);
    expect(await playground.type({ ...ana, text: '@flowlog hello' })).toEqual({ outcome: 'done' });
    expect(await playground.type({ ...ana, channel: '@ana', text: 'hello' })).toEqual({ outcome: 'done' });
    expect(await playground.type({ ...ana, text: '/flowlog x' })).toMatchObject({ outcome: 'refused' });
  });

  it('can be a shortcut on a message, which opens a form', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, addShowcase);
    await playground.type({ ...ana, text: 'what is 10.0.1.5?' });
    const ts = playground.messages('#incident-42')[0]?.ts ?? '';
    expect(await playground.shortcut({ ...ana, callbackId: 'flowlog_from_message', ts })).toEqual({
      outcome: 'acked',
    });
    const view = await playground.until(() => playground.view('ana'));
    expect(view.title).toBe('Ask again');
    await playground.cancel('ana');
    expect(playground.view('ana')).toBeUndefined();
  });
});
