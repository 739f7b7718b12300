import { describe, expect, it } from 'vitest';
import { freePort } from './free-port.ts';
import { givenSlack } from './given-slack.ts';
import { commandBody, signedPost } from './sign.ts';

const INCIDENT = '#incident-42';

/** What was counted of an app. */
function counts() {
  const calls: string[] = [];
  const acks: number[] = [];
  return {
    calls,
    acks,
    watch: {
      calledSlack: ({ method, code }: { readonly method: string; readonly code: string }) =>
        void calls.push(`${method} ${code}`),
      acknowledged: (afterMs: number) => void acks.push(afterMs),
    },
  };
}

it('each call to Slack is counted by its method and how it ended', async () => {
  const { calls, watch } = counts();
  const { playground } = await givenSlack({ watch });
  playground.faults.next('chat.postMessage', { kind: 'error', error: 'not_in_channel' });
  await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog to 10.0.1.5 last 1h' });
  await expect.poll(() => calls).toContain('chat.postMessage not_in_channel');
  expect(calls).toContain('auth.test ok');
  expect(calls.join()).not.toMatch(/xoxb|10\.0\.1\.5/);
});

it('a private answer is counted as a call of the response_url', async () => {
  const { calls, watch } = counts();
  const { playground } = await givenSlack({ watch });
  await playground.type({ person: 'ana', channel: '#general', text: '/flowlog to 10.0.1.5 last 1h' });
  await expect.poll(() => calls).toContain('response_url ok');
});

describe('an acknowledgement', () => {
  it('is counted once for each delivery over a socket, also for events that Bolt acknowledges', async () => {
    const { acks, watch } = counts();
    const { playground } = await givenSlack({ watch });
    await playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog help' });
    await expect.poll(() => acks).toHaveLength(1);
    await playground.type({ person: 'ana', channel: INCIDENT, text: '@flowlog help' });
    await expect.poll(() => acks).toHaveLength(2);
    for (const afterMs of acks) expect(afterMs).toBeGreaterThanOrEqual(0);
  });

  it('is counted over HTTP', async () => {
    const { acks, watch } = counts();
    const port = await freePort();
    const mode = { kind: 'http', signingSecret: 'a secret', port, host: '127.0.0.1' } as const;
    const { app } = await givenSlack({ watch, mode });
    const response = await signedPost(
      `http://127.0.0.1:${port}/slack/events`,
      'a secret',
      commandBody({ text: 'help', user_id: 'U0ANA', channel_id: 'C0INCIDENT' }),
    );
    expect(response.status).toBe(200);
    await expect.poll(() => acks).toHaveLength(1);
    expect(app.link()).toEqual({ isConnected: true, sockets: undefined });
  });
});

it('the app knows how many of its sockets are open', async () => {
  const { playground, app } = await givenSlack();
  await expect.poll(() => app.link()).toEqual({ isConnected: true, sockets: 2 });
  playground.faults.dropSockets();
  await expect.poll(() => app.link()).toEqual({ isConnected: false, sockets: 0 });
  await expect.poll(() => app.link(), { timeout: 9_000 }).toEqual({ isConnected: true, sockets: 2 });
  await app.stop(0);
  expect(app.link().isConnected).toBe(false);
});
