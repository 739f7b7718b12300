import { expect, it } from 'vitest';
import { payloadKind } from '../../../src/slack/connection/payload-shape.ts';

const user = { id: 'U1', team_id: 'T1' };
const common = {
  user,
  team: { id: 'T1', domain: 'acme' },
  api_app_id: 'A1',
  trigger_id: '1.2.3',
  enterprise: null,
};

it.each([
  [
    'event_callback',
    {
      type: 'event_callback',
      event_id: 'Ev1',
      event: { type: 'message', subtype: 'message_changed', message: {}, channel: 'C1' },
    },
  ],
  [
    'event_callback',
    {
      type: 'event_callback',
      event_id: 'Ev1',
      event: { type: 'app_mention', user: 'U1', text: 'x', ts: '1.1', channel: 'C1' },
    },
  ],
  [
    'event_callback',
    { type: 'event_callback', event_id: 'Ev1', event: { type: 'channel_created', channel: { id: 'C1' } } },
  ],
  ['url_verification', { type: 'url_verification', challenge: 'c', token: 't' }],
  [
    'block_actions',
    {
      ...common,
      type: 'block_actions',
      actions: [{ action_id: 'a', value: '1' }],
      container: {},
      channel: { id: 'C1' },
      message: {},
    },
  ],
  ['block_suggestion', { ...common, type: 'block_suggestion', action_id: 'a', value: '' }],
  ['shortcut', { ...common, type: 'shortcut', callback_id: 'c' }],
  [
    'message_action',
    { ...common, type: 'message_action', callback_id: 'c', channel: { id: 'C1' }, message: {} },
  ],
  [
    'view_submission',
    {
      ...common,
      type: 'view_submission',
      response_urls: [],
      view: {
        id: 'V1',
        callback_id: 'c',
        state: { values: { b: { a: { type: 'plain_text_input', value: null } } } },
      },
    },
  ],
  [
    'view_submission',
    {
      ...common,
      type: 'view_submission',
      team: null,
      is_enterprise_install: true,
      view: { id: 'V1', callback_id: 'c', state: { values: {} } },
    },
  ],
  [
    'view_closed',
    { ...common, type: 'view_closed', is_cleared: false, view: { id: 'V1', callback_id: 'c' } },
  ],
  [
    'command',
    { command: '/flowlog', text: '', user_id: 'U1', channel_id: 'C1', trigger_id: 't', response_url: 'u' },
  ],
  ['app_rate_limited', { type: 'app_rate_limited', team_id: 'T1', minute_rate_limited: 1 }],
])('what Slack sends as %s is known', (kind, body) => {
  expect(payloadKind(body)).toBe(kind);
});
