import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commandBody } from '../slack/sign.ts';
import { nowSeconds, type SignedApp, signature, startSignedApp } from './signed-app.ts';

const INCIDENT = '#incident-42';
const ANA = { channel_id: 'C0INCIDENT', user_id: 'U0ANA' };
const JSON_TYPE = { 'content-type': 'application/json' };

let signed: SignedApp;
beforeAll(async () => {
  signed = await startSignedApp();
}, 60_000);
afterAll(() => signed.stop());
afterEach(() => expect(signed.app.isAlive()).toBe(true));

const user = { id: 'U0ANA' };
const team = { id: 'T0ACME', domain: 'acme' };
const event = (inner: unknown) => ({
  type: 'event_callback',
  event_id: 'Ev1',
  team_id: 'T0ACME',
  event: inner,
});
const mention = { type: 'app_mention', user: 'U0ANA', channel: 'C0INCIDENT', text: 'x', ts: '1.1' };
const click = {
  type: 'block_actions',
  user,
  team,
  actions: [{ action_id: 'ask:1', block_id: 'b', type: 'button' }],
};
const view = { id: 'V1', callback_id: 'line', private_metadata: '', state: { values: {} } };
const sent = { type: 'view_submission', user, team, view };

/** Signed bodies that Slack never sends, as JSON. */
const ODD: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1.5,
  '',
  'text',
  [],
  [null],
  [event(mention)],
  {},
  { type: null },
  { type: 1 },
  { type: [] },
  { type: 'nonsense' },
  { type: '__proto__' },
  { type: 'event_callback' },
  { type: 'url_verification' },
  { type: 'url_verification', challenge: {} },
  event(null),
  event(undefined),
  event('text'),
  event(1),
  event([]),
  event({}),
  event({ type: null }),
  event({ type: 5 }),
  event({ ...mention, text: undefined }),
  event({ ...mention, text: null }),
  event({ ...mention, text: { a: 1 } }),
  event({ ...mention, channel: undefined }),
  event({ ...mention, channel: null }),
  event({ ...mention, channel: 7 }),
  event({ ...mention, channel: {} }),
  event({ ...mention, ts: 1.1 }),
  event({ ...mention, user: 5 }),
  event({ ...mention, user: null }),
  event({ type: 'subteam_created', subteam: null }),
  { ...event(mention), team_id: '__proto__' },
  { ...event(mention), authorizations: [{ team_id: 'constructor' }] },
  { ...event(mention), authorizations: [{ enterprise_id: 'toString' }] },
  event({ type: 'message', channel_id: {} }),
  event({ type: 'reaction_added', item: null }),
  event({ type: 'reaction_added', item: 'text' }),
  { ...event(mention), event_id: 5 },
  { ...event(mention), event_id: undefined },
  { ...event(mention), authorizations: 'all' },
  { ...event(mention), authorizations: [null] },
  { command: null },
  { command: {} },
  { command: '/flowlog' },
  { command: '/flowlog', text: null, ...ANA, trigger_id: 't', response_url: 'u' },
  { command: '/flowlog', text: 'help', ...ANA, trigger_id: ['t'], response_url: 'u' },
];

/** Signed interactions that Slack never sends: the `payload` of a form. */
const ODD_INTERACTIONS: readonly unknown[] = [
  null,
  'text',
  [],
  {},
  { type: 'block_actions' },
  { ...click, user: null },
  { ...click, user: 'U0ANA' },
  { ...click, user: {} },
  { ...click, actions: [] },
  { ...click, actions: null },
  { ...click, actions: [null] },
  { ...click, actions: {} },
  { ...click, actions: [{}] },
  { ...click, channel: null },
  { ...click, channel: 'C0INCIDENT' },
  { ...click, team: 5 },
  { ...click, team: { id: '__proto__' } },
  { ...click, team: null, user: { ...user, team_id: 'constructor' } },
  { ...click, enterprise: { id: '__proto__' } },
  { ...sent, view: { ...view, app_installed_team_id: 'valueOf' } },
  { ...click, response_url: {} },
  { ...click, trigger_id: 7 },
  { ...sent, view: null },
  { ...sent, view: [] },
  { ...sent, view: {} },
  { ...sent, view: { ...view, id: null } },
  { ...sent, view: { ...view, callback_id: undefined } },
  { ...sent, view: { ...view, callback_id: null } },
  { ...sent, view: { ...view, state: null } },
  { ...sent, view: { ...view, state: { values: null } } },
  { ...sent, view: { ...view, state: { values: { line: null } } } },
  { ...sent, view: { ...view, state: { values: { line: { line: null } } } } },
  { ...sent, view: { ...view, state: { values: { line: { line: { value: {} } } } } } },
  { ...sent, view: { ...view, private_metadata: {} } },
  { ...sent, response_urls: 'u' },
  { ...sent, response_urls: [null] },
  { type: 'message_action', user, team },
  { type: 'message_action', user, team, callback_id: 5 },
  { type: 'shortcut', user: [], team, callback_id: 'x' },
  { type: 'block_suggestion', user, team },
  { type: 'dialog_submission', user, team },
];

const shown = (value: unknown) => JSON.stringify(value) ?? 'undefined';

describe('a signed payload that Slack never sends', () => {
  it.each(ODD.map((body) => [shown(body), body]))('%s is refused', async (text) => {
    expect((await signed.send(text, JSON_TYPE)).status).toBe(400);
  });

  it.each(ODD_INTERACTIONS.map((payload) => [shown(payload)]))(
    'an interaction %s is refused',
    async (payload) => {
      const body = new URLSearchParams({ payload }).toString();
      expect((await signed.send(body)).status).toBe(400);
    },
  );

  it.each([
    ['an empty form', ''],
    ['half a JSON text', 'payload=%7B'],
    ['two payloads', 'payload=null&payload=null'],
    [
      'two commands',
      'command=%2Fflowlog&command=%2Fflowlog&text=help&user_id=U0ANA&channel_id=C1&trigger_id=t',
    ],
    ['a command without its person', commandBody({ channel_id: 'C0INCIDENT' })],
  ])('%s is refused', async (_what, body) => {
    expect((await signed.send(body)).status).toBe(400);
  });

  it('with any content is refused or accepted, and the app goes on', async () => {
    const keys = fc.constantFrom(
      'type',
      'event',
      'user',
      'team',
      'actions',
      'view',
      'channel',
      'command',
      'text',
      'x',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(
          null,
          1,
          '',
          [],
          {},
          'event_callback',
          'block_actions',
          'view_submission',
          true,
        ),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 5 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, fc.boolean(), async (body, isForm) => {
        const text = JSON.stringify(body);
        const answer = isForm
          ? await signed.send(new URLSearchParams({ payload: text }).toString())
          : await signed.send(text, JSON_TYPE);
        expect([200, 400]).toContain(answer.status);
        expect(signed.app.isAlive()).toBe(true);
      }),
      { numRuns: 150, seed: 20261129 },
    );
  }, 30_000);

  it('that is too large is refused before it is read', async () => {
    expect((await signed.send(`text=${'x'.repeat(1_100_000)}`)).status).toBe(413);
  });
});

describe('a payload that Slack sends', () => {
  it('is accepted, also after all of these', async () => {
    expect(
      await (await signed.send(shown({ type: 'url_verification', challenge: 'c' }), JSON_TYPE)).json(),
    ).toEqual({
      challenge: 'c',
    });
    expect(
      (await signed.send(shown({ type: 'app_rate_limited', minute_rate_limited: 1 }), JSON_TYPE)).status,
    ).toBe(200);
    expect((await signed.send(shown(event({ type: 'team_join', user })), JSON_TYPE)).status).toBe(200);
    const body = new URLSearchParams({ payload: shown(click) }).toString();
    expect((await signed.send(body)).status).toBe(200);
    expect(await signed.playground.type({ person: 'ana', channel: INCIDENT, text: '/flowlog help' })).toEqual(
      {
        outcome: 'acked',
      },
    );
  });
});

describe('a request that is played back', () => {
  const parents = () =>
    signed.playground
      .messages(INCIDENT)
      .filter(({ threadTs, onlyFor }) => threadTs === undefined && onlyFor === undefined);

  it('runs once, however its headers are written', async () => {
    const { playground, send } = signed;
    const body = commandBody({ ...ANA, text: 'top-talkers last 1h', trigger_id: 'once' });
    const atSeconds = nowSeconds();
    expect((await send(body, {}, atSeconds)).status).toBe(200);
    await playground.until(() => parents()[0]);
    const proof = signature(body, atSeconds);
    for (const headers of [
      {},
      { 'x-slack-signature': `${proof}=` },
      { 'x-slack-signature': `${proof}=again` },
      { 'x-slack-request-timestamp': `${atSeconds}.0` },
      { 'x-slack-request-timestamp': `0x${atSeconds.toString(16)}` },
      { 'x-slack-request-timestamp': `${atSeconds}e0`, 'x-slack-signature': `${proof}=x` },
      { 'x-slack-retry-num': '1' },
    ]) {
      const again = await send(body, headers, atSeconds);
      expect([again.status, await again.text()]).toEqual([200, '']);
    }
    expect(parents()).toHaveLength(1);
  });

  it('runs once when its text is encoded as other bytes', async () => {
    const atSeconds = nowSeconds();
    const post = (bytes: Buffer) =>
      fetch(`http://127.0.0.1:${signed.port}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': String(atSeconds),
          'x-slack-signature': signature(bytes.toString(), atSeconds),
        },
        body: new Uint8Array(bytes),
      });
    const before = Buffer.from(
      `${commandBody({ ...ANA, trigger_id: 'bytes' })}&text=nonsense`.replace(
        'text=to+10.0.1.5+last+1h&',
        '',
      ),
    );
    const first = await post(Buffer.concat([before, Buffer.from('\ufffd')]));
    expect(await first.text()).toContain('nonsense');
    const again = await post(Buffer.concat([before, Buffer.from([0xff])]));
    expect([again.status, await again.text()]).toEqual([200, '']);
  });
});

describe('a mention', () => {
  it.each([
    ['mentions that never end', `${'<@U0FLOWLOG|'.repeat(70_000)}`],
    ['one mention that never ends', `<@U0FLOWLOG|${'x'.repeat(800_000)}`],
    ['links that never end', `<@U0FLOWLOG> ${'<https://a|'.repeat(70_000)}`],
    ['dashes', `<@U0FLOWLOG> ${'-'.repeat(800_000)}`],
    ['quotes', `<@U0FLOWLOG> ${'"\\'.repeat(200_000)}`],
    ['question marks', `<@U0FLOWLOG> x${'? '.repeat(200_000)}`],
  ])('of hundreds of thousands of characters is answered: %s', async (what, text) => {
    const { playground, send } = signed;
    const body = { ...event({ ...mention, text, ts: '3.3' }), event_id: `Ev-${what}` };
    const answered = new Set(playground.calls.map(({ args }) => args));
    expect((await send(shown(body), JSON_TYPE)).status).toBe(200);
    await playground.until(() =>
      playground.calls.find(
        ({ method, args }) =>
          method === 'chat.postEphemeral' &&
          String(args.text).includes('characters; 1,000 are the most') &&
          !answered.has(args),
      ),
    );
  });
});

describe('the address on which http mode listens', () => {
  it('is the one that is configured', async () => {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(signed.port, '127.0.0.2');
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    expect(reached).toBe(false);
  });

  it.each(['//', '/slack/events?x', '/slack', '/%', '//slack/events', '/../slack/events'])(
    '%s is answered, and ends nothing',
    async (target) => {
      const head = `GET ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(signed.port, '127.0.0.1', () => socket.write(head));
        let text = '';
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        socket.on('close', () => resolve(text));
        socket.on('error', () => resolve(text));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 404/);
    },
  );
});
