import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { fieldState } from '../../../src/playground/slack/interaction/forms/form-state.ts';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { givenApp, givenPlayground } from './given.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const options = ['1h', '6h'].map((value) => ({ text: plain(value), value }));

const form = (title: string, more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'form',
  title: plain(title),
  submit: plain('Go'),
  blocks: [
    {
      type: 'input',
      block_id: 'note',
      optional: true,
      label: plain('Note'),
      element: { type: 'plain_text_input', action_id: 'note', min_length: 3, initial_value: 'as it was' },
    },
    {
      type: 'input',
      block_id: 'name',
      optional: true,
      label: plain('Name'),
      element: { type: 'external_select', action_id: 'name', min_query_length: 1 },
    },
  ],
  ...more,
});

/** A playground on which ana has a form open; `answer` is what the app acknowledges a submission with. */
async function givenForm(answer: Record<string, unknown> | undefined, more: Partial<ModalView> = {}) {
  const playground = await givenPlayground();
  const heard: string[] = [];
  await givenApp(playground, (app) => {
    app.command('/flowlog', async ({ ack, command, client }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form('First', more) });
    });
    app.view('form', async ({ ack, view }) => {
      heard.push(JSON.stringify(view.state.values));
      await ack(answer as never);
    });
    app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack }) => {
      heard.push('closed');
      await ack();
    });
    app.options('name', async ({ ack, payload }) =>
      ack({ options: [{ text: plain(`i-${payload.value}`), value: 'eni' }] }),
    );
  });
  await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog' });
  await playground.until(() => playground.view('ana'));
  return { playground, heard };
}

const submit = (playground: SlackPlayground, note: string) =>
  playground.submit({ person: 'ana', values: { note: { note } } });

describe('a form', () => {
  it('sends what was filled in, and what was there before anybody touched it', async () => {
    const { playground, heard } = await givenForm(undefined);
    await playground.submit({ person: 'ana', values: {} });
    expect(JSON.parse(heard[0] ?? '')).toEqual({
      note: { note: { type: 'plain_text_input', value: 'as it was' } },
      name: { name: { type: 'external_select', selected_option: null } },
    });
    expect(playground.view('ana')).toBeUndefined();
  });

  it('is not sent while a field breaks its own rules', async () => {
    const { playground, heard } = await givenForm(undefined);
    expect(await submit(playground, 'no')).toMatchObject({
      outcome: 'refused',
      reason: 'Please enter at least 3 characters.',
    });
    expect(heard).toEqual([]);
  });

  it('gives way to another form, and comes back from under it', async () => {
    const { playground } = await givenForm({
      response_action: 'push',
      view: form('Second', { callback_id: 'other' }),
    });
    await submit(playground, 'note');
    expect(playground.view('ana')?.title).toBe('Second');
    await playground.cancel('ana');
    expect(playground.view('ana')?.title).toBe('First');
  });

  it.each([
    ['is replaced', { response_action: 'update', view: form('Changed') }, { outcome: 'acked' }, 'Changed'],
    ['is cleared away', { response_action: 'clear' }, { outcome: 'acked' }, undefined],
    [
      'fails on an update that Slack could not show',
      { response_action: 'update', view: { ...form('x'), title: plain('') } },
      { outcome: 'failed', error: 'invalid_arguments' },
      'First',
    ],
    [
      'fails on an error for a field that is not there',
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { outcome: 'failed', error: 'invalid_error_block_id' },
      'First',
    ],
  ])('%s when the app says so', async (_what, answer, reaction, title) => {
    const { playground } = await givenForm(answer);
    expect(await submit(playground, 'note')).toEqual(reaction);
    expect(playground.view('ana')?.title).toBe(title);
  });

  it('tells the app that it was closed, if it asked', async () => {
    const { playground, heard } = await givenForm(undefined, { notify_on_close: true });
    expect(await playground.cancel('ana')).toEqual({ outcome: 'acked' });
    expect(heard).toEqual(['closed']);
  });

  it('asks the app for options while somebody types', async () => {
    const { playground } = await givenForm(undefined);
    const found = await playground.suggest({ person: 'ana', blockId: 'name', actionId: 'name', text: '0a' });
    expect(found).toEqual({ options: [{ text: plain('i-0a'), value: 'eni' }] });
  });

  it.each([
    ['static_select', '6h', { selected_option: options[1] }],
    ['radio_buttons', null, { selected_option: null }],
    ['checkboxes', ['1h'], { selected_options: [options[0]] }],
    ['multi_static_select', [], { selected_options: [] }],
    ['users_select', 'U1', { selected_user: 'U1' }],
    ['conversations_select', 'C1', { selected_conversation: 'C1' }],
    ['channels_select', 'C1', { selected_channel: 'C1' }],
    ['datepicker', '2026-11-23', { selected_date: '2026-11-23' }],
    ['timepicker', '10:05', { selected_time: '10:05' }],
    ['datetimepicker', '1795428000', { selected_date_time: 1_795_428_000 }],
    ['plain_text_input', '', { value: null }],
  ])('describes %s as Slack does', (type, value, state) => {
    expect(fieldState({ type, options }, value)).toEqual({ type, ...state });
  });
});
