import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

function line(value: string) {
  return { line: { line: value } };
}

function answers(playground: SlackPlayground) {
  return playground
    .messages(INCIDENT)
    .filter(({ text, threadTs }) => threadTs && text.includes('got traffic from'));
}

describe('the form', () => {
  it('opens with the line in it, shows a mistake at the field, and asks what was corrected in the thread', async () => {
    const { playground, script } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    const answer = await playground.until(() => answers(playground)[0]);
    await playground.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'change' });
    const view = await playground.until(() => playground.view('ben'));
    expect(JSON.stringify(view.blocks)).toContain('"initial_value":"to 10.0.1.5 last 1h"');
    expect(await playground.submit({ person: 'ben', values: line('to 10.0.1.500') })).toMatchObject({
      outcome: 'refused',
    });
    expect(playground.view('ben')?.errors.line).toMatch(/10\.0\.1\.500.*Try: /);
    expect(script.asked).toHaveLength(1);
    expect(await playground.submit({ person: 'ben', values: line('to 10.0.1.5 last 2h') })).toEqual({
      outcome: 'acked',
    });
    expect(playground.view('ben')).toBeUndefined();
    expect((await playground.until(() => answers(playground)[1])).threadTs).toBe(answer.threadTs);
    expect((await playground.until(() => script.asked[1])).line).toBe('to 10.0.1.5 last 2h');
  });

  it('shows help over itself', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => answers(playground)[0]);
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'change' });
    await playground.until(() => playground.view('ben'));
    await playground.submit({ person: 'ben', values: line('help') });
    expect(playground.view('ben')?.title).toBe('What can be asked');
    await playground.cancel('ben');
    expect(playground.view('ben')?.title).toBe('Ask flow logs');
  });

  it('opens from the menu of any message, for its thread', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: 'the api is slow' });
    const [message] = playground.messages(INCIDENT);
    if (message === undefined) throw new Error('no message');
    await playground.shortcut({
      person: 'ben',
      callbackId: 'flowlog_ask',
      channel: INCIDENT,
      ts: message.ts,
    });
    await playground.until(() => playground.view('ben'));
    await playground.submit({ person: 'ben', values: line('to 10.0.1.5') });
    expect((await playground.until(() => answers(playground)[0])).threadTs).toBe(message.ts);
  });

  it('asked for where the app is no member is answered privately', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: '#general', text: 'the api is slow' });
    const [message] = playground.messages('#general');
    if (message === undefined) throw new Error('no message');
    await playground.shortcut({
      person: 'ben',
      callbackId: 'flowlog_ask',
      channel: '#general',
      ts: message.ts,
    });
    await playground.until(() => playground.view('ben'));
    await playground.submit({ person: 'ben', values: line('to 10.0.1.5') });
    const answer = await playground.until(() =>
      playground.messages('#general').find(({ text }) => text.includes('got traffic from')),
    );
    expect(answer).toMatchObject({ onlyFor: 'U0BEN', threadTs: message.ts });
  });

  it('that cannot be opened says so', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => answers(playground)[0]);
    playground.faults.next('views.open', { kind: 'error', error: 'trigger_expired' });
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'change' });
    const note = await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(note.text).toContain('could not be opened');
  });
});
