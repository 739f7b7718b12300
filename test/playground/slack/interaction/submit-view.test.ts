import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { fieldState } from '../../../../src/playground/slack/interaction/form-state.ts';
import type { SlackPlayground } from '../../../../src/playground/slack/slack-playground.ts';
import { givenApp, givenPlayground } from '../given.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

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
      element: { type: 'plain_text_input', action_id: 'name', max_length: 5 },
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
  });
  await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog' });
  await playground.until(() => playground.view('ana'));
  return { playground, heard };
}

const submit = (playground: SlackPlayground, note: string) =>
  playground.submit({ person: 'ana', values: { note: { note } } });

describe('a form', () => {
  it('sends what was filled in, and the initial values of the rest', async () => {
    const { playground, heard } = await givenForm(undefined);
    await playground.submit({ person: 'ana', values: {} });
    expect(JSON.parse(heard[0] ?? '')).toEqual({
      note: { note: { type: 'plain_text_input', value: 'as it was' } },
      name: { name: { type: 'plain_text_input', value: null } },
    });
    expect(playground.view('ana')).toBeUndefined();
  });

  it('is not sent while a field breaks its own rules', async () => {
    const { playground, heard } = await givenForm(undefined);
    expect(await submit(playground, 'no')).toMatchObject({
      outcome: 'refused',
      reason: 'Please enter at least 3 characters.',
    });
    const long = { person: 'ana', values: { name: { name: 'abcdef' } } };
    expect(await playground.submit(long)).toMatchObject({ reason: 'Please enter at most 5 characters.' });
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
    [
      'fails on an update, which is not played here',
      { response_action: 'update', view: form('Changed') },
      { outcome: 'failed', error: 'response_action update is not played here' },
      'First',
    ],
    [
      'fails on a form that Slack could not show',
      { response_action: 'push', view: { ...form('x'), title: plain('') } },
      { outcome: 'failed', error: 'invalid_arguments' },
      'First',
    ],
    [
      'fails on an error for a field that is not there',
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { outcome: 'failed', error: 'invalid_error_block_id' },
      'First',
    ],
  ])('%s by the answer of the app', async (_what, answer, reaction, title) => {
    const { playground } = await givenForm(answer);
    expect(await submit(playground, 'note')).toEqual(reaction);
    expect(playground.view('ana')?.title).toBe(title);
  });

  it('notifies the app that it was closed, if it asked for that', async () => {
    const { playground, heard } = await givenForm(undefined, { notify_on_close: true });
    expect(await playground.cancel('ana')).toEqual({ outcome: 'acked' });
    expect(heard).toEqual(['closed']);
  });

  it.each([
    ['', null],
    ['6h', '6h'],
    [null, null],
  ])('sends a field with %j in it as %j', (typed, value) => {
    const field = { type: 'plain_text_input', action_id: 'a' } as const;
    expect(fieldState(field, typed)).toEqual({ type: 'plain_text_input', value });
  });
});

describe('an open form', () => {
  const menu: ModalView['blocks'][number] = {
    type: 'input',
    block_id: 'kind',
    label: plain('Kind'),
    dispatch_action: true,
    element: {
      type: 'static_select',
      action_id: 'kind',
      option_groups: [
        { label: plain('All'), options: ['a', 'b'].map((text) => ({ text: plain(text), value: text })) },
      ],
      initial_option: { text: plain('a'), value: 'a' },
    },
  };

  /** A form with a menu; the app updates it with the hash that it heard of, and with that once more. */
  async function givenLiveForm() {
    const playground = await givenPlayground();
    const heard: { readonly state: unknown; readonly action: unknown }[] = [];
    await givenApp(playground, (app) => {
      app.command('/flowlog', async ({ ack, command, client }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: form('First', { blocks: [menu] }) });
      });
      app.action<BlockAction>('kind', async ({ ack, body, client }) => {
        await ack();
        const { id: view_id = '', hash = '', state } = body.view ?? {};
        heard.push({ state: state?.values, action: body.actions[0] });
        const view = form('Second', { blocks: [menu, ...form('').blocks] });
        await client.views.update({ view_id, hash, view });
        await client.views.update({ view_id, hash, view: form('Third') }).catch(() => undefined);
      });
    });
    await playground.type({ person: 'ana', channel: '#incident-42', text: '/flowlog' });
    return { playground, heard, opened: await playground.until(() => playground.view('ana')) };
  }

  it('tells the app of a choice, which may change it once for each hash', async () => {
    const { playground, heard, opened } = await givenLiveForm();
    await playground.click({ person: 'ana', actionId: 'kind', values: { kind: { kind: 'b' } } });
    await playground.until(() => (playground.view('ana')?.title === 'Second' ? true : undefined));
    const chosen = { type: 'static_select', selected_option: { text: plain('b'), value: 'b' } };
    expect(heard).toMatchObject([{ state: { kind: { kind: chosen } }, action: chosen }]);
    const results = () =>
      playground.calls.filter(({ method }) => method === 'views.update').map(({ result }) => result);
    await playground.until(() => (results().length === 2 ? true : undefined));
    expect(results()).toEqual(['ok', 'hash_conflict']);
    expect(playground.view('ana')).toMatchObject({ id: opened.id, title: 'Second' });
  });
});
