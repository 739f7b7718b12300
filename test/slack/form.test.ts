import { describe, expect, it } from 'vitest';
import type { Desk } from '../../src/playground/slack/desk.ts';
import { givenSlack } from './given-slack.ts';

const INCIDENT = '#incident-42';

function line(value: string) {
  return { line: { line: value } };
}

function answers(desk: Desk) {
  return desk.messages(INCIDENT).filter(({ text, threadTs }) => threadTs && text.includes('talked to by'));
}

describe('the form', () => {
  it('opens with the line in it, shows a mistake at the field, and asks what was corrected in the thread', async () => {
    const { desk, script } = await givenSlack();
    await desk.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const answer = await desk.until(() => answers(desk)[0]);
    await desk.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'change' });
    const view = await desk.until(() => desk.view('ben'));
    expect(JSON.stringify(view.blocks)).toContain('"initial_value":"to 10.0.1.5 last 1h"');
    expect(await desk.submit({ person: 'ben', values: line('to 10.0.1.500') })).toMatchObject({
      outcome: 'refused',
    });
    expect(desk.view('ben')?.errors.line).toMatch(/10\.0\.1\.500.*Try: /);
    expect(script.asked).toHaveLength(1);
    expect(await desk.submit({ person: 'ben', values: line('to 10.0.1.5 last 2h') })).toEqual({
      outcome: 'acked',
    });
    expect(desk.view('ben')).toBeUndefined();
    expect((await desk.until(() => answers(desk)[1])).threadTs).toBe(answer.threadTs);
    expect((await desk.until(() => script.asked[1])).line).toBe('to 10.0.1.5 last 2h');
  });

  it('shows help over itself', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => answers(desk)[0]);
    await desk.click({ person: 'ben', channel: INCIDENT, actionId: 'change' });
    await desk.until(() => desk.view('ben'));
    await desk.submit({ person: 'ben', values: line('help') });
    expect(desk.view('ben')?.title).toBe('What can be asked');
    await desk.cancel('ben');
    expect(desk.view('ben')?.title).toBe('Ask flow logs');
  });

  it('opens from the menu of any message, for its thread', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: INCIDENT, text: 'the api is slow' });
    const [message] = desk.messages(INCIDENT);
    if (message === undefined) throw new Error('no message');
    await desk.shortcut({ person: 'ben', callbackId: 'flowlog_ask', channel: INCIDENT, ts: message.ts });
    await desk.until(() => desk.view('ben'));
    await desk.submit({ person: 'ben', values: line('to 10.0.1.5') });
    expect((await desk.until(() => answers(desk)[0])).threadTs).toBe(message.ts);
  });

  it('asked for where the app is no member is answered privately', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: '#general', text: 'the api is slow' });
    const [message] = desk.messages('#general');
    if (message === undefined) throw new Error('no message');
    await desk.shortcut({ person: 'ben', callbackId: 'flowlog_ask', channel: '#general', ts: message.ts });
    await desk.until(() => desk.view('ben'));
    await desk.submit({ person: 'ben', values: line('to 10.0.1.5') });
    const answer = await desk.until(() =>
      desk.messages('#general').find(({ text }) => text.includes('talked to by')),
    );
    expect(answer).toMatchObject({ onlyFor: 'U0BEN', threadTs: message.ts });
  });

  it('that cannot be opened says so', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => answers(desk)[0]);
    desk.faults.next('views.open', { kind: 'error', error: 'trigger_expired' });
    await desk.click({ person: 'ben', channel: INCIDENT, actionId: 'change' });
    const note = await desk.until(() => desk.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(note.text).toContain('could not be opened');
  });
});
