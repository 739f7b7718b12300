import type { App } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { givenApp, givenClock, givenDesk } from './given.ts';
import { addShowcase } from './showcase.ts';
import { socketReceiver } from './tiny-app.ts';
import { createTwoSockets } from './two-sockets.ts';

const ana = { person: 'ana', channel: '#incident-42' };

function echo(app: App): void {
  app.command('/flowlog', async ({ ack, command }) => ack(`got ${command.text}`));
}

describe('an app on sockets', () => {
  it('answers a command with a note, a parent, a thread, a file and an update', async () => {
    const desk = await givenDesk();
    await givenApp(desk, addShowcase);
    expect(await desk.type({ ...ana, text: '/flowlog to 10.0.1.5' })).toEqual({ outcome: 'acked' });
    const parent = await desk.until(() => desk.messages('#incident-42').find((message) => message.edited));
    const thread = desk.messages('#incident-42', { threadTs: parent.ts });
    expect(thread.map((message) => message.text)).toEqual([parent.text, 'the answer', 'charts', '']);
    expect(thread.at(-1)?.files[0]?.name).toBe('answer.csv');
    expect(desk.transcript('#incident-42')).toContain('    [Change …] [Widen to 6 h] [Delete] [overflow]');
  });

  it('opens a form from a button, shows what is wrong with it, and takes it away', async () => {
    const desk = await givenDesk();
    await givenApp(desk, addShowcase);
    await desk.type({ ...ana, text: '/flowlog to 10.0.1.5' });
    await desk.until(() => desk.messages('#incident-42').find((message) => message.edited));
    await desk.click({ person: 'ben', channel: '#incident-42', actionId: 'form' });
    await desk.until(() => desk.view('ben'));
    expect(desk.view('ana')).toBeUndefined();
    const submit = (address: string) => desk.submit({ person: 'ben', values: { address: { address } } });
    expect(await submit('')).toEqual({ outcome: 'refused', reason: 'Please complete this required field.' });
    expect(await submit('nonsense')).toEqual({ outcome: 'refused', reason: 'This is not an address.' });
    expect(desk.view('ben')?.errors).toEqual({ address: 'This is not an address.' });
    expect(await submit('10.0.1.5')).toEqual({ outcome: 'acked' });
    expect(desk.view('ben')).toBeUndefined();
    await desk.until(() =>
      desk.messages('#incident-42').find((message) => message.text === 'The form said 10.0.1.5'),
    );
  });

  it('gives a trigger once, and for three seconds', async () => {
    const clock = givenClock();
    const desk = await givenDesk({ now: clock.now });
    const errors: string[] = [];
    await givenApp(desk, (app) => {
      app.command('/flowlog', async ({ ack, command, client }) => {
        await ack();
        if (command.text === 'late') clock.advance(3_001);
        const view = {
          type: 'modal' as const,
          title: { type: 'plain_text' as const, text: 'x' },
          blocks: [{ type: 'divider' as const }],
        };
        for (const _time of [1, 2]) {
          await client.views
            .open({ trigger_id: command.trigger_id, view })
            .catch((error) => errors.push(error.data.error));
        }
      });
    });
    await desk.type({ ...ana, text: '/flowlog now' });
    await desk.until(() => errors[0]);
    await desk.type({ ...ana, text: '/flowlog late' });
    await desk.until(() => errors[2]);
    expect(errors).toEqual(['trigger_exchanged', 'trigger_expired', 'trigger_expired']);
  });

  it('lets the person read operation_timeout when the app is late', async () => {
    const desk = await givenDesk({ ackMs: 50 });
    await givenApp(desk, (app) => app.command('/flowlog', async () => {}));
    expect(await desk.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'operation_timeout',
    });
    expect(desk.transcript('#incident-42')).toBe(
      'Slackbot (only visible to one): /flowlog failed with the error "operation_timeout"',
    );
  });

  it('lets the person read dispatch_failed when no socket is open', async () => {
    const desk = await givenDesk();
    expect(await desk.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'dispatch_failed',
    });
  });

  it('fails a command whose answer Slack could not show', async () => {
    const desk = await givenDesk();
    await givenApp(desk, (app) => {
      app.command('/flowlog', async ({ ack }) =>
        ack({ blocks: [{ type: 'header', text: { type: 'plain_text', text: '' } }] }),
      );
    });
    expect(await desk.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'invalid_command_response',
    });
  });

  it('delivers an envelope twice, or not at all, when told to', async () => {
    const desk = await givenDesk({ ackMs: 200 });
    let runs = 0;
    await givenApp(desk, (app) => {
      app.command('/flowlog', async ({ ack }) => {
        runs += 1;
        await ack();
      });
    });
    desk.faults.duplicateEnvelopes();
    await desk.type({ ...ana, text: '/flowlog x' });
    await desk.until(() => (runs === 2 ? true : undefined));
    desk.faults.loseEnvelopes();
    expect(await desk.type({ ...ana, text: '/flowlog x' })).toEqual({
      outcome: 'failed',
      error: 'operation_timeout',
    });
    expect(runs).toBe(2);
  });

  it('keeps an app with two sockets reachable through a refresh', async () => {
    const desk = await givenDesk();
    const receiver = createTwoSockets(() => socketReceiver(desk));
    await givenApp(desk, echo, receiver);
    await desk.until(() => (desk.sockets() === 2 ? true : undefined));
    desk.faults.refresh();
    expect(desk.sockets()).toBe(1);
    for (const text of ['a', 'b', 'c'])
      expect(await desk.type({ ...ana, text: `/flowlog ${text}` })).toEqual({ outcome: 'acked' });
  });

  it('turns away a socket whose address was used before', async () => {
    const desk = await givenDesk();
    const body = new URLSearchParams({ token: 'xapp-desk-1' });
    const opened = await fetch(`${desk.slackApiUrl}apps.connections.open`, { method: 'POST', body });
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
