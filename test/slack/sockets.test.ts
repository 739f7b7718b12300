import { describe, expect, it } from 'vitest';
import { createSlackApp } from '../../src/slack/slack-app.ts';
import { openSqliteStores } from '../../src/store/sqlite-store.ts';
import type { LogLine } from './given-slack.ts';
import { givenSlack, partsOf, TOKENS } from './given-slack.ts';
import { createScript } from './script.ts';

const INCIDENT = '#incident-42';

describe('two sockets', () => {
  it('miss nothing while Slack refreshes one', async () => {
    const { desk, script } = await givenSlack();
    desk.faults.refresh();
    for (let index = 1; index <= 4; index += 1) {
      const text = `/flowlog to 10.0.1.${index} last 1h`;
      expect(await desk.type({ person: 'ana', channel: INCIDENT, text })).toEqual({ outcome: 'acked' });
    }
    await desk.until(() => (script.asked.length === 4 ? true : undefined));
    await desk.until(() => (desk.sockets() === 2 ? true : undefined), 8_000);
  });

  it('answer an envelope that comes twice once', async () => {
    const { desk, script } = await givenSlack();
    desk.faults.duplicateEnvelopes();
    await desk.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => desk.messages(INCIDENT).find(({ threadTs }) => threadTs));
    await desk.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.6 last 1h' });
    await desk.until(() => (script.asked.length === 2 ? true : undefined));
    expect(desk.messages(INCIDENT).filter(({ threadTs }) => !threadTs)).toHaveLength(2);
  });

  it('come back after all broke', async () => {
    const { desk, script } = await givenSlack();
    desk.faults.dropSockets();
    await desk.until(() => (desk.sockets() === 0 ? true : undefined));
    await desk.until(() => (desk.sockets() === 2 ? true : undefined), 9_000);
    await desk.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
    await desk.until(() => script.asked[0]);
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
    const { desk } = await givenSlack();
    const log: LogLine[] = [];
    const parts = partsOf(desk, openSqliteStores(':memory:').store, createScript(), log);
    const app = createSlackApp({ ...parts, ...wrong });
    await expect(app.start()).rejects.toThrow(words);
    await app.stop(0);
    expect(JSON.stringify(log)).not.toContain('xapp-wrong');
    expect(JSON.stringify(log)).not.toContain(TOKENS.botToken);
  });
});
