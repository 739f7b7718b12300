import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { askButton } from '../../../src/render/blocks/buttons.ts';
import { gate, givenSlack, TOKENS } from '../given-slack.ts';

const INCIDENT = '#incident-42';

function answers(playground: SlackPlayground) {
  return playground
    .messages(INCIDENT)
    .filter(({ text, threadTs }) => threadTs && text.includes('got traffic from'));
}

async function givenAnswer() {
  const given = await givenSlack();
  await given.playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  const answer = await given.playground.until(() => answers(given.playground)[0]);
  return { ...given, answer };
}

describe('a button', () => {
  it('asks its line in the thread of its message', async () => {
    const { playground, script, answer } = await givenAnswer();
    await playground.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'ask:0' });
    const second = await playground.until(() => answers(playground)[1]);
    expect(second.threadTs).toBe(answer.threadTs);
    expect(script.asked[1]?.line).toBe('to 10.0.1.5 action=reject last 1h');
    expect(script.asked[1]?.zone).toBe('America/New_York');
  });

  it('pressed twice at once asks once', async () => {
    const { playground, script, answer } = await givenAnswer();
    const press = { person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'ask:0' };
    await Promise.all([playground.click(press), playground.click(press)]);
    await playground.until(() => answers(playground)[1]);
    await playground.click(press);
    await playground.click({ ...press, person: 'ana' });
    await playground.until(() => answers(playground)[2]);
    expect(script.asked).toHaveLength(3);
    expect(playground.messages(INCIDENT).filter(({ onlyFor }) => onlyFor)).toEqual([]);
  });

  it('whose envelope comes twice asks once', async () => {
    const { playground, script, answer } = await givenAnswer();
    playground.faults.duplicateEnvelopes();
    await playground.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'ask:1' });
    await playground.until(() =>
      playground.messages(INCIDENT).find(({ text }) => text.includes('Of 10.0.1.5, ')),
    );
    expect(script.asked.length).toBeLessThanOrEqual(2);
  });

  it('that stops what is not running any more says so', async () => {
    const { playground, script, app, again } = await givenSlack();
    script.next({ until: gate().opened });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '@flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => playground.messages(INCIDENT).find(({ threadTs }) => threadTs));
    playground.faults.next('chat.update', { kind: 'error', error: 'fatal_error' });
    await app.stop(500);
    await again();
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'stop' });
    const note = await playground.until(() => playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor));
    expect(note).toMatchObject({ onlyFor: 'U0BEN', text: 'This question is not running any more.' });
  });

  it('is read like a typed line: what is wrong with it is shown to whoever pressed', async () => {
    const { playground, script } = await givenSlack();
    const actions = askButton('Ask', 'to 10.0.1.300');
    await clientOf(playground).chat.postMessage({ channel: 'C0INCIDENT', text: 'stale', blocks: [actions] });
    await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'ask:0' });
    const mistake = await playground.until(() =>
      playground.messages(INCIDENT).find(({ onlyFor }) => onlyFor),
    );
    expect(mistake.text).toMatch(/10\.0\.1\.300.*Try: @flowlog /);
    expect(script.asked).toEqual([]);
  });

  it('of another version is acknowledged', async () => {
    const { playground } = await givenSlack();
    const old = {
      type: 'button',
      action_id: 'gone',
      value: 'x',
      text: { type: 'plain_text', text: 'Old' },
    } as const;
    const blocks = [{ type: 'actions', elements: [old] }];
    await clientOf(playground).chat.postMessage({ channel: 'C0INCIDENT', text: 'old', blocks });
    expect(await playground.click({ person: 'ben', channel: INCIDENT, actionId: 'gone' })).toEqual({
      outcome: 'acked',
    });
  });
});

function clientOf({ slackApiUrl }: SlackPlayground): WebClient {
  return new WebClient(TOKENS.botToken, { slackApiUrl, retryConfig: { retries: 0 } });
}
