import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { givenApp, givenClock, givenPlayground } from '../given.ts';
import { addShowcase } from '../showcase.ts';
import { socketReceiver } from '../tiny-app.ts';
import { createTwoSockets } from '../two-sockets.ts';

const ana = { person: 'ana', channel: '#incident-42' };

function echo(app: App): void {
  app.command('/flowlog', async ({ ack, command }) => ack(`got ${command.text}`));
}

describe('an app on sockets', () => {
  it('answers a command with a note, a parent, a thread, a file and an update', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, addShowcase);
    expect(await playground.type({ ...ana, text: '/flowlog to 10.0.1.5' })).toEqual({ outcome: 'acked' });
    const parent = await playground.until(() =>
      playground.messages('#incident-42').find((message) => message.edited),
    );
    const thread = playground.messages('#incident-42', { threadTs: parent.ts });
    expect(thread.map((message) => message.text)).toEqual([parent.text, 'the answer', 'charts', '']);
    expect(thread.at(-1)?.files[0]?.name).toBe('answer.csv');
    expect(playground.transcript('#incident-42')).toContain('    [Change …] [Widen to 6 h] [Delete]');
  });

  it('opens a form from a button, shows what is wrong with it, and takes it away', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, addShowcase);
    await playground.type({ ...ana, text: '/flowlog to 10.0.1.5' });
    await playground.until(() => playground.messages('#incident-42').find((message) => message.edited));
    await playground.click({ person: 'ben', channel: '#incident-42', actionId: 'form' });
    await playground.until(() => playground.view('ben'));
    expect(playground.view('ana')).toBeUndefined();
    const submit = (address: string) =>
      playground.submit({ person: 'ben', values: { address: { address } } });
    expect(await submit('')).toEqual({ outcome: 'refused', reason: 'Please complete this required field.' });
    expect(await submit('nonsense')).toEqual({ outcome: 'refused', reason: 'This is not an address.' });
    expect(playground.view('ben')?.errors).toEqual({ address: 'This is not an address.' });
    expect(await submit('10.0.1.5')).toEqual({ outcome: 'acked' });
    expect(playground.view('ben')).toBeUndefined();
    await playground.until(() =>
      playground.messages('#incident-42').find((message) => message.text === 'The form said 10.0.1.5'),
    );
  });

  it('gives a trigger once, and for three seconds', async () => {
    const clock = givenClock();
    const playground = await givenPlayground({ now: clock.now });
    const errors: string[] = [];
    await givenApp(playground, (app) => {
      app.command('/flowlog', async ({ ack, command, client }) => {
        await ack();
        if (command.text === 'late') clock.advance(3_001);
        const view = {
          type: 'modal' as const,
          title: { type: 'plain_text' as const, text: 'x' },
          blocks: [{ type: 'context' as const, elements: [{ type: 'plain_text' as const, text: 'x' }] }],
        };
        for (const _time of [1, 2]) {
          await client.views
            .open({ trigger_id: command.trigger_id, view })
            .catch((error) => errors.push(error.data.error));
        }
      });
    });
    await playground.type({ ...ana, text: '/flowlog now' });
    await playground.until(() => errors[0]);
    await playground.type({ ...ana, text: '/flowlog late' });
    await playground.until(() => errors[2]);
    expect(errors).toEqual(['trigger_exchanged', 'trigger_expired', 'trigger_expired']);
  });

  it('lets the person read operation_timeout when the app is late', async () => {
    const playground = await givenPlayground({ ackMs: 50 });
    await givenApp(playground, (app) => app.command('/flowlog', async () => {}));
    expect(await playground.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'operation_timeout',
    });
    expect(playground.transcript('#incident-42')).toBe(
      'Slackbot (only visible to one): /flowlog failed with the error "operation_timeout"',
    );
  });

  it('lets the person read dispatch_failed when no socket is open', async () => {
    const playground = await givenPlayground();
    expect(await playground.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'dispatch_failed',
    });
  });

  it('fails a command whose answer Slack could not show', async () => {
    const playground = await givenPlayground();
    await givenApp(playground, (app) => {
      app.command('/flowlog', async ({ ack }) =>
        ack({ blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: '' }] }] }),
      );
    });
    expect(await playground.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'invalid_command_response',
    });
  });

  it('delivers an envelope twice, or not at all, on demand', async () => {
    const playground = await givenPlayground({ ackMs: 200 });
    let runs = 0;
    await givenApp(playground, (app) => {
      app.command('/flowlog', async ({ ack }) => {
        runs += 1;
        await ack();
      });
    });
    playground.faults.duplicateEnvelopes();
    await playground.type({ ...ana, text: '/flowlog x' });
    await playground.until(() => (runs === 2 ? true : undefined));
    playground.faults.loseEnvelopes();
    expect(await playground.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'operation_timeout',
    });
    expect(runs).toBe(2);
  });

  it('keeps an app with two sockets reachable through a refresh', async () => {
    const playground = await givenPlayground();
    const receiver = createTwoSockets(() => socketReceiver(playground));
    await givenApp(playground, echo, receiver);
    await playground.until(() => (playground.sockets() === 2 ? true : undefined));
    playground.faults.refresh();
    expect(playground.sockets()).toBe(1);
    for (const text of ['a', 'b', 'c'])
      expect(await playground.type({ ...ana, text: `/flowlog ${text}` })).toEqual({ outcome: 'acked' });
  });

  it('turns away a socket whose address was used before', async () => {
    const playground = await givenPlayground();
    const body = new URLSearchParams({ token: 'xapp-playground-1' });
    const opened = await fetch(`${playground.slackApiUrl}apps.connections.open`, { method: 'POST', body });
    const { url } = (await opened.json()) as { url: string };
    const connect = () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(url);
        socket.onmessage = (message) => resolve(JSON.parse(String(message.data)).type);
        socket.onerror = () => resolve('turned away');
      });
    expect(await connect()).toBe('hello');
    expect(await connect()).toBe('turned away');
  });
});
