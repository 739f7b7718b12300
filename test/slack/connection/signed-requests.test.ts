import { describe, expect, it } from 'vitest';
import { freePort } from '../free-port.ts';
import { givenSlack } from '../given-slack.ts';
import { commandBody, signedPost } from '../sign.ts';

const SECRET = 'signing-secret';
const INCIDENT = '#incident-42';
const ANA = { channel_id: 'C0INCIDENT', user_id: 'U0ANA' };
const MINUTES_SECONDS = 60;

async function givenHttp() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const given = await givenSlack({
    mode: { kind: 'http', signingSecret: SECRET, port },
    playground: { requestUrl: url, signingSecret: SECRET },
  });
  return { ...given, url };
}

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

describe('HTTP mode', () => {
  it('takes signed commands, mentions, buttons and forms', async () => {
    const { playground, script } = await givenHttp();
    expect(
      await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' }),
    ).toEqual({ outcome: 'acked' });
    const answer = await playground.until(() =>
      playground.messages(INCIDENT).find(({ threadTs }) => threadTs),
    );
    expect(
      await playground.type({ person: 'ana', channel: INCIDENT, text: '@flowlog from 10.0.1.5 last 1h' }),
    ).toEqual({ outcome: 'acked' });
    expect(
      await playground.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'ask:1' }),
    ).toEqual({
      outcome: 'acked',
    });
    await playground.until(() => (script.asked.length === 3 ? true : undefined));
    await playground.click({ person: 'ben', channel: INCIDENT, ts: answer.ts, actionId: 'change' });
    await playground.until(() => playground.view('ben'));
    expect(
      await playground.submit({ person: 'ben', values: { 'arg.addr': { 'arg.addr': '10.0.1' } } }),
    ).toMatchObject({
      outcome: 'refused',
    });
    expect(await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog nonsense' })).toEqual({
      outcome: 'acked',
    });
    expect(playground.messages(INCIDENT).some(({ onlyFor }) => onlyFor === 'U0ANA')).toBe(true);
  });

  it('refuses what is not signed by Slack, what is old, and what is of the future', async () => {
    const { url, script } = await givenHttp();
    const body = commandBody(ANA);
    expect((await fetch(url, { method: 'POST', body })).status).toBe(401);
    expect((await signedPost(url, 'another-secret', body)).status).toBe(401);
    expect((await signedPost(url, SECRET, body, nowSeconds() - 6 * MINUTES_SECONDS)).status).toBe(401);
    expect((await signedPost(url, SECRET, body, nowSeconds() + 6 * MINUTES_SECONDS)).status).toBe(401);
    expect(script.asked).toEqual([]);
  });

  it('runs a request that is played back once', async () => {
    const { playground, url, script } = await givenHttp();
    const body = commandBody(ANA);
    const atSeconds = nowSeconds();
    expect((await signedPost(url, SECRET, body, atSeconds)).status).toBe(200);
    await playground.until(() => playground.messages(INCIDENT).find(({ threadTs }) => threadTs));
    const again = await signedPost(url, SECRET, body, atSeconds);
    expect([again.status, await again.text()]).toEqual([200, '']);
    expect((await signedPost(url, SECRET, body, atSeconds + 1)).status).toBe(200);
    await signedPost(
      url,
      SECRET,
      commandBody({ ...ANA, text: 'from 10.0.1.5 last 1h', trigger_id: 'trigger-2' }),
    );
    await playground.until(() => (script.asked.length === 2 ? true : undefined));
    expect(playground.messages(INCIDENT).filter(({ threadTs }) => !threadTs)).toHaveLength(2);
  });

  it('answers at once to a command and a button that it does not know', async () => {
    const { url } = await givenHttp();
    const sinceMs = Date.now();
    expect((await signedPost(url, SECRET, commandBody({ ...ANA, command: '/else' }))).status).toBe(200);
    const payload = JSON.stringify({
      type: 'block_actions',
      user: { id: 'U0ANA' },
      team: { id: 'T0ACME' },
      actions: [{ action_id: 'old', block_id: 'b', type: 'button' }],
    });
    expect((await signedPost(url, SECRET, new URLSearchParams({ payload }).toString())).status).toBe(200);
    expect(Date.now() - sinceMs).toBeLessThan(2_500);
  });

  it('does not start without a signing secret', async () => {
    const mode = { kind: 'http', signingSecret: '', port: 0 } as const;
    await expect(givenSlack({ mode })).rejects.toThrow(/signing/i);
  });
});
