import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { givenSlack, type LogLine, partsOf, TOKENS } from '../slack/given-slack.ts';
import { createScript } from '../slack/script.ts';

const INCIDENT = '#incident-42';

describe('two sockets', () => {
  it('miss nothing while Slack refreshes one', async () => {
    const { playground, script } = await givenSlack();
    playground.faults.refresh();
    for (let index = 1; index <= 4; index += 1) {
      const text = `/flowlog to 10.0.1.${index} last 1h`;
      expect(await playground.type({ person: 'ana', channel: INCIDENT, text })).toEqual({ outcome: 'acked' });
    }
    await playground.until(() => (script.asked.length === 4 ? true : undefined));
    await playground.until(() => (playground.sockets() === 2 ? true : undefined), 8_000);
  });

  it('answer an envelope that comes twice once', async () => {
    const { playground, script } = await givenSlack();
    playground.faults.duplicateEnvelopes();
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => playground.messages(INCIDENT).find(({ threadTs }) => threadTs));
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.6 last 1h' });
    await playground.until(() => (script.asked.length === 2 ? true : undefined));
    expect(playground.messages(INCIDENT).filter(({ threadTs }) => !threadTs)).toHaveLength(2);
  });

  it('come back after all broke', async () => {
    const { playground, script } = await givenSlack();
    playground.faults.dropSockets();
    await playground.until(() => (playground.sockets() === 0 ? true : undefined));
    await playground.until(() => (playground.sockets() === 2 ? true : undefined), 9_000);
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
  });
});

describe('a start', () => {
  it.each([
    [{ botToken: 'xoxb-wrong' }, 'Slack refused SLACK_BOT_TOKEN (invalid_auth): copy it again'],
    [
      { mode: { kind: 'socket', appToken: 'xapp-wrong' } as const },
      'Slack refused SLACK_APP_TOKEN (invalid_auth)',
    ],
  ])('with a wrong token says which: %o', async (wrong, words) => {
    const { playground } = await givenSlack();
    const log: LogLine[] = [];
    const parts = partsOf(playground, (await openStores({ path: ':memory:' })).store, createScript(), log);
    const app = createSlackApp({ ...parts, ...wrong });
    await expect(app.start()).rejects.toThrow(words);
    await app.stop(0);
    expect(JSON.stringify(log)).not.toContain('xapp-wrong');
    expect(JSON.stringify(log)).not.toContain(TOKENS.botToken);
  });
});

describe('sockets of a Slack that is not steady', () => {
  it('lose no question and answer none twice while one after the other is refreshed, and each delivery comes twice', async () => {
    const given = await givenSlack();
    const { playground, script, store } = given;
    for (let index = 1; index <= 12; index += 1) {
      if (index % 4 === 1) playground.faults.refresh();
      playground.faults.duplicateEnvelopes();
      const text = `/flowlog to 10.0.1.${index} last 1h`;
      expect(await playground.type({ person: 'ana', channel: INCIDENT, text })).toEqual({ outcome: 'acked' });
      // A socket that is refreshed is back after five seconds.
      await sleep(1_500);
    }
    await expect.poll(() => store.inFlight(), { timeout: 10_000 }).toEqual([]);
    expect(script.asked).toHaveLength(12);
    const parents = playground
      .messages(INCIDENT)
      .filter(({ author, threadTs }) => author.kind === 'bot' && !threadTs);
    expect(parents).toHaveLength(12);
  }, 40_000);

  it('say once that Slack is gone, and once that it is back, and take what is asked then', async () => {
    const { playground, script, log } = await givenSlack();
    playground.faults.goAway();
    await playground.until(() => (playground.sockets() === 0 ? true : undefined));
    expect(
      await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' }),
    ).toMatchObject({ outcome: 'failed' });
    await sleep(7_000);
    playground.faults.comeBack();
    await playground.until(() => (playground.sockets() === 2 ? true : undefined), 30_000);
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.6 last 1h' });
    await playground.until(() => script.asked[0]);
    const gone = log.filter(({ message }) => /^Slack is (gone|back)/.test(message));
    expect(gone).toMatchObject([
      { level: 'error', message: expect.stringContaining('no socket is open') },
      { level: 'info', fields: { awaySeconds: expect.any(Number) } },
    ]);
  }, 60_000);

  it('come back from a refusal that passes, and from one that does not while it lasts', async () => {
    const { playground, script } = await givenSlack();
    playground.faults.next('apps.connections.open', { kind: 'error', error: 'internal_error' }, 2);
    playground.faults.next('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 2);
    playground.faults.next('apps.connections.open', { kind: 'error', error: 'too_many_websockets' }, 2);
    playground.faults.dropSockets();
    await playground.until(() => (playground.sockets() === 0 ? true : undefined));
    await playground.until(() => (playground.sockets() === 2 ? true : undefined), 40_000);
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await playground.until(() => script.asked[0]);
  }, 60_000);
});
