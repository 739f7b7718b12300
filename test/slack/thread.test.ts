import { describe, expect, it } from 'vitest';
import type { Desk } from '../../src/playground/slack/desk.ts';
import { givenSlack } from './given-slack.ts';

const INCIDENT = '#incident-42';

function say(desk: Desk, text: string, threadTs?: string) {
  return desk.type({ person: 'ana', channel: INCIDENT, text, ...(threadTs && { threadTs }) });
}

function answers(desk: Desk, channel = INCIDENT) {
  return desk
    .messages(channel)
    .filter(({ text, author }) => author.kind === 'bot' && text.includes('talked to by'));
}

function answered(desk: Desk, count = 1, channel = INCIDENT) {
  return desk.until(() =>
    answers(desk, channel).length >= count ? answers(desk, channel)[count - 1] : undefined,
  );
}

describe('a mention', () => {
  it('in a thread is answered in that thread, by one message', async () => {
    const { desk } = await givenSlack();
    await say(desk, 'the api is slow');
    const [root] = desk.messages(INCIDENT);
    await say(desk, '@flowlog to 10.0.1.5 last 1h', root?.ts);
    const answer = await answered(desk);
    expect(answer).toMatchObject({ threadTs: root?.ts, edited: true });
    expect(answer.blocks.some(({ type }) => type === 'data_table')).toBe(true);
    expect(desk.messages(INCIDENT).filter(({ author }) => author.kind === 'bot')).toHaveLength(1);
  });

  it('in a channel is answered in a thread under it', async () => {
    const { desk } = await givenSlack();
    await say(desk, '@flowlog to 10.0.1.5 last 1h');
    expect((await answered(desk)).threadTs).toBe(desk.messages(INCIDENT)[0]?.ts);
  });

  it('with a mistake is answered to the person alone, where they are', async () => {
    const { desk } = await givenSlack();
    await say(desk, 'the api is slow');
    const [root] = desk.messages(INCIDENT);
    await say(desk, '@flowlog to 10.0.1', root?.ts);
    const mistake = await desk.until(() => desk.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(mistake).toMatchObject({ onlyFor: 'U0ANA', threadTs: root?.ts });
    expect(mistake.text).toContain('Try: @flowlog ');
    await desk.click({ person: 'ana', channel: INCIDENT, actionId: 'ask:0' });
    await desk.until(() =>
      desk
        .messages(INCIDENT)
        .find(({ author, onlyFor, threadTs }) => author.kind === 'bot' && !onlyFor && threadTs === root?.ts),
    );
  });

  it('without a line shows help', async () => {
    const { desk } = await givenSlack();
    await say(desk, '@flowlog');
    await desk.until(() =>
      desk.messages(INCIDENT).find(({ onlyFor, text }) => onlyFor && text.includes('@flowlog top-talkers')),
    );
  });

  it('whose reply was deleted meanwhile gets a new one', async () => {
    const { desk } = await givenSlack();
    desk.faults.next('chat.update', { kind: 'error', error: 'message_not_found' });
    await say(desk, '@flowlog to 10.0.1.5 last 1h');
    expect((await answered(desk)).edited).toBe(false);
  });

  it('that Slack sends twice is answered once', async () => {
    const { desk, script } = await givenSlack();
    desk.faults.duplicateEnvelopes();
    await say(desk, '@flowlog to 10.0.1.5 last 1h');
    await answered(desk);
    await say(desk, '@flowlog to 10.0.1.6 last 1h');
    await answered(desk, 2);
    expect(script.asked).toHaveLength(2);
  });
});

describe('a direct message', () => {
  it('needs no command and is answered under it', async () => {
    const { desk, script } = await givenSlack();
    await desk.type({ person: 'ana', channel: '@ana', text: 'to 10.0.1.5 last 1h' });
    const answer = await answered(desk, 1, '@ana');
    expect(answer.threadTs).toBe(desk.messages('@ana')[0]?.ts);
    expect(script.asked).toHaveLength(1);
  });

  it('with a mistake is answered plainly', async () => {
    const { desk } = await givenSlack();
    await desk.type({ person: 'ana', channel: '@ana', text: 'to 10.0.1' });
    const mistake = await desk.until(() => desk.messages('@ana').find(({ author }) => author.kind === 'bot'));
    expect(mistake.onlyFor).toBeUndefined();
    expect(mistake.text).toMatch(/Try: to /);
  });
});
