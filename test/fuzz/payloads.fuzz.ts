import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freePort } from '../slack/free-port.ts';
import { givenSlack } from '../slack/given-slack.ts';
import { commandBody, signedPost } from '../slack/sign.ts';
import { changed } from './changed.ts';
import { fuzzed } from './fuzzed.ts';

const SECRET = 'signing-secret';
const user = { id: 'U0ANA', team_id: 'T0ACME' };
const event = (inner: object) => ({
  type: 'event_callback',
  event_id: 'Ev1',
  team_id: 'T0ACME',
  event: inner,
});
const common = { user, team: { id: 'T0ACME' }, trigger_id: 't', api_app_id: 'A1' };
const place = {
  channel: { id: 'C0INCIDENT' },
  container: { message_ts: '1.1' },
  response_url: 'http://127.0.0.1:9/x',
};

/** Payloads as Slack sends them, which the fuzz then changes. */
const PAYLOADS: readonly object[] = [
  event({ type: 'app_mention', user: 'U0ANA', channel: 'C0INCIDENT', text: '<@U0FLOWLOG> help', ts: '1.1' }),
  event({ type: 'message', channel_type: 'im', user: 'U0ANA', channel: 'D0ANA', text: 'help', ts: '1.1' }),
  {
    ...common,
    ...place,
    type: 'block_actions',
    actions: [{ action_id: 'ask:0', action_ts: '1', value: 'nonsense' }],
  },
  {
    ...common,
    ...place,
    type: 'block_actions',
    actions: [{ action_id: 'stop', action_ts: '1', value: 'x' }],
  },
  { ...common, ...place, type: 'message_action', callback_id: 'flowlog_ask', message_ts: '1.1', message: {} },
  {
    ...{ ...common, type: 'view_submission' },
    view: {
      ...{ id: 'V1', callback_id: 'flowlog_line' },
      private_metadata: '{"door":"slack","kind":"channel","channel":"C0INCIDENT","person":"U0ANA"}',
      state: { values: { line: { line: { value: 'nonsense' } } } },
    },
  },
];

it('any signed payload is taken or refused, and ends nothing', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/slack/events`;
  const { playground } = await givenSlack({
    mode: { kind: 'http', signingSecret: SECRET, port },
    playground: { requestUrl: url, signingSecret: SECRET },
  });
  const post = (body: string, isJson: boolean) =>
    signedPost(url, SECRET, body, undefined, isJson ? 'application/json' : undefined);
  const payload = fc.constantFrom(...PAYLOADS).chain((each) => changed(each));
  await fuzzed(
    fc.asyncProperty(
      fc.oneof(
        { weight: 9, arbitrary: payload },
        { weight: 1, arbitrary: fc.json().map((text) => JSON.parse(text)) },
      ),
      fc.boolean(),
      async (sent, isJson) => {
        const text = JSON.stringify(sent) ?? 'undefined';
        const answer = await post(isJson ? text : new URLSearchParams({ payload: text }).toString(), isJson);
        await answer.arrayBuffer();
        expect([200, 400]).toContain(answer.status);
      },
    ),
  );
  const command = commandBody({
    channel_id: 'C0INCIDENT',
    user_id: 'U0ANA',
    text: 'help',
    trigger_id: 'at the end',
  });
  expect(await (await post(command, false)).text()).toContain('/flowlog');
  expect(playground.calls.length).toBeGreaterThan(0);
});
