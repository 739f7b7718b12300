import { describe, expect, it } from 'vitest';
import type { Desk } from '../../src/playground/slack/desk.ts';
import { GRANTED, gate, givenSlack } from './given-slack.ts';

function privateAnswer(desk: Desk, channel: string) {
  return desk.until(() =>
    desk.messages(channel).find(({ text, onlyFor }) => onlyFor && text.includes('talked to by')),
  );
}

function toAna(desk: Desk) {
  return desk.messages('#general').filter(({ onlyFor }) => onlyFor === 'U0ANA');
}

function hasStop(desk: Desk): boolean {
  return toAna(desk).some(({ blocks }) => JSON.stringify(blocks).includes('"stop"'));
}

describe('where the app is no member', () => {
  it.each(['#general', '#secret'])('%s is answered privately, with how to invite', async (channel) => {
    const { desk, store } = await givenSlack();
    expect(await desk.type({ person: 'ana', channel, text: '/flowlog to 10.0.1.5 last 1h' })).toEqual({
      outcome: 'acked',
    });
    const answer = await privateAnswer(desk, channel);
    expect(answer.onlyFor).toBe('U0ANA');
    expect(answer.text).toContain('Type /invite @flowlog to get answers in a thread.');
    expect(answer.blocks.some(({ type }) => type === 'data_table')).toBe(true);
    expect(desk.messages(channel).filter(({ onlyFor }) => !onlyFor)).toEqual([]);
    await expect.poll(() => store.inFlight()).toEqual([]);
  });

  it('an answer that comes soon is all that is shown: no progress, no button that stops it', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await privateAnswer(desk, '#general');
    expect(toAna(desk)).toHaveLength(1);
    expect(hasStop(desk)).toBe(false);
  });

  it('a question that takes longer can be stopped, and its button goes when it is pressed', async () => {
    const { desk, script } = await givenSlack();
    script.next({ until: gate().opened });
    await desk.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => hasStop(desk) || undefined);
    await desk.click({ person: 'ana', channel: '#general', actionId: 'stop' });
    await desk.until(() => toAna(desk).find(({ text }) => text.includes('stopped by')));
    await desk.until(() => toAna(desk).find(({ text }) => text === 'Stopping this question.'));
    expect(hasStop(desk)).toBe(false);
  });

  it('a button that stops what has ended goes when it is pressed', async () => {
    const { desk, script } = await givenSlack();
    const { opened, open } = gate();
    script.next({ until: opened });
    await desk.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => hasStop(desk) || undefined);
    open();
    await privateAnswer(desk, '#general');
    await desk.click({ person: 'ana', channel: '#general', actionId: 'stop' });
    await desk.until(() => toAna(desk).find(({ text }) => text === 'This question is not running any more.'));
    expect(hasStop(desk)).toBe(false);
  });

  it('an invitation leads to a thread', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await privateAnswer(desk, '#general');
    await desk.type({ person: 'ana', channel: '#general', text: '/invite @flowlog' });
    await desk.click({ person: 'ana', channel: '#general', actionId: 'ask:0' });
    await desk.until(() => desk.messages('#general').find(({ threadTs, onlyFor }) => threadTs && !onlyFor));
  });

  it('a button of a private answer is answered privately', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: '#secret', text: '/flowlog to 10.0.1.5 last 1h' });
    await privateAnswer(desk, '#secret');
    await desk.click({ person: 'ana', channel: '#secret', actionId: 'ask:0' });
    await desk.until(() =>
      desk.messages('#secret').filter(({ text }) => text.includes('talked to by')).length === 2
        ? true
        : undefined,
    );
  });

  it('rows that do not fit are promised for after the invitation', async () => {
    const { desk, script } = await givenSlack();
    script.next({ rows: 200 });
    await desk.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    expect((await privateAnswer(desk, '#general')).text).toContain(
      'come as a CSV once flowlog may write here',
    );
  });

  it('an app without the right to write says which scope it lacks', async () => {
    const scopes = GRANTED.filter((scope) => scope !== 'chat:write');
    const { desk } = await givenSlack({ desk: { scopes } });
    await desk.type({ person: 'ana', channel: '#incident-42', text: '/flowlog to 10.0.1.5 last 1h' });
    expect((await privateAnswer(desk, '#incident-42')).text).toContain('the app lacks the scope chat:write');
  });

  it('a failure is shown privately too', async () => {
    const { desk, script } = await givenSlack();
    script.next({ fails: new Error('broken') });
    await desk.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => desk.messages('#general').find(({ text }) => text.includes('did not foresee')));
  });

  it('a question that can be answered nowhere is not asked, and is in the log', async () => {
    const { desk, script, store, log } = await givenSlack();
    await desk.type({ person: 'ana', channel: '#incident-42', text: 'hello' });
    desk.faults.next('chat.postMessage', { kind: 'error', error: 'is_archived' });
    await desk.type({ person: 'ana', channel: '#incident-42', text: '@flowlog to 10.0.1.5 last 1h' });
    const line = await desk.until(() => log.find(({ level }) => level === 'error'));
    expect(line.fields).toMatchObject({ code: 'is_archived', reference: expect.stringMatching(/^id/) });
    expect(script.asked).toEqual([]);
    await expect.poll(() => store.inFlight()).toEqual([]);
  });
});
