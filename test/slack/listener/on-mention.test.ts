import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { givenSlack } from '../given-slack.ts';

const INCIDENT = '#incident-42';

function say(playground: SlackPlayground, text: string, threadTs?: string) {
  return playground.type({ person: 'ana', channel: INCIDENT, text, ...(threadTs && { threadTs }) });
}

function answers(playground: SlackPlayground, channel = INCIDENT) {
  return playground
    .messages(channel)
    .filter(({ text, author }) => author.kind === 'bot' && text.includes('got traffic from'));
}

function answered(playground: SlackPlayground, count = 1, channel = INCIDENT) {
  return playground.until(() =>
    answers(playground, channel).length >= count ? answers(playground, channel)[count - 1] : undefined,
  );
}

describe('a mention', () => {
  it('in a thread is answered in that thread, by one message', async () => {
    const { playground } = await givenSlack();
    await say(playground, 'the api is slow');
    const [root] = playground.messages(INCIDENT);
    await say(playground, '@flowlog to 10.0.1.5 last 1h', root?.ts);
    const answer = await answered(playground);
    expect(answer).toMatchObject({ threadTs: root?.ts, edited: true });
    expect(answer.blocks.some(({ type }) => type === 'data_table')).toBe(true);
    expect(playground.messages(INCIDENT).filter(({ author }) => author.kind === 'bot')).toHaveLength(1);
  });

  it('in a channel is answered in a thread under it', async () => {
    const { playground } = await givenSlack();
    await say(playground, '@flowlog to 10.0.1.5 last 1h');
    expect((await answered(playground)).threadTs).toBe(playground.messages(INCIDENT)[0]?.ts);
  });

  it('with a mistake is answered to the person alone, where they are', async () => {
    const { playground } = await givenSlack();
    await say(playground, 'the api is slow');
    const [root] = playground.messages(INCIDENT);
    await say(playground, '@flowlog to 10.0.1', root?.ts);
    const mistake = await playground.until(() =>
      playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor),
    );
    expect(mistake).toMatchObject({ onlyFor: 'U0ANA', threadTs: root?.ts });
    expect(mistake.text).toContain('Try: @flowlog ');
    await playground.click({ person: 'ana', channel: INCIDENT, actionId: 'ask:0' });
    await playground.until(() =>
      playground
        .messages(INCIDENT)
        .find(({ author, onlyFor, threadTs }) => author.kind === 'bot' && !onlyFor && threadTs === root?.ts),
    );
  });

  it('with a mistake is acknowledged once Slack has the reply, so that a process that is killed before that loses none', async () => {
    const { playground } = await givenSlack();
    playground.faults.next('chat.postEphemeral', { kind: 'delay', delayMs: 400 });
    const reaction = await say(playground, '@flowlog to 10.0.1');
    expect(reaction).toEqual({ outcome: 'acked' });
    expect(playground.messages(INCIDENT).some(({ onlyFor }) => onlyFor === 'U0ANA')).toBe(true);
  });

  it('with a mistake is acknowledged in time where Slack takes long for the reply', async () => {
    const { playground } = await givenSlack();
    playground.faults.next('chat.postEphemeral', { kind: 'delay', delayMs: 4_000 });
    expect(await say(playground, '@flowlog to 10.0.1')).toEqual({ outcome: 'acked' });
    expect(playground.messages(INCIDENT).some(({ onlyFor }) => onlyFor)).toBe(false);
    await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor === 'U0ANA'));
  });

  it('without a line shows help', async () => {
    const { playground } = await givenSlack();
    await say(playground, '@flowlog');
    await playground.until(() =>
      playground
        .messages(INCIDENT)
        .find(({ onlyFor, text }) => onlyFor && text.includes('@flowlog top-talkers')),
    );
  });

  it('whose reply was deleted meanwhile gets a new one', async () => {
    const { playground } = await givenSlack();
    playground.faults.next('chat.update', { kind: 'error', error: 'message_not_found' });
    await say(playground, '@flowlog to 10.0.1.5 last 1h');
    expect((await answered(playground)).edited).toBe(false);
  });

  it('that Slack sends twice is answered once', async () => {
    const { playground, script } = await givenSlack();
    playground.faults.duplicateEnvelopes();
    await say(playground, '@flowlog to 10.0.1.5 last 1h');
    await answered(playground);
    await say(playground, '@flowlog to 10.0.1.6 last 1h');
    await answered(playground, 2);
    expect(script.asked).toHaveLength(2);
  });
});

describe('a direct message', () => {
  it('needs no command and is answered under it', async () => {
    const { playground, script } = await givenSlack();
    await playground.type({ person: 'ana', channel: '@ana', text: 'to 10.0.1.5 last 1h' });
    const answer = await answered(playground, 1, '@ana');
    expect(answer.threadTs).toBe(playground.messages('@ana')[0]?.ts);
    expect(script.asked).toHaveLength(1);
  });

  it('with a mistake is answered plainly', async () => {
    const { playground } = await givenSlack();
    await playground.type({ person: 'ana', channel: '@ana', text: 'to 10.0.1' });
    const mistake = await playground.until(() =>
      playground.messages('@ana').find(({ author }) => author.kind === 'bot'),
    );
    expect(mistake.onlyFor).toBeUndefined();
    expect(mistake.text).toMatch(/Try: to /);
  });
});
