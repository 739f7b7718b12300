import type { App } from '@slack/bolt';
import { answerBlocks, chartBlocks, plain } from './showcase-blocks.ts';

/** A small app that answers as the real one does: parent, thread, file, buttons, a form. */
export function addShowcase(app: App): void {
  app.command('/flowlog', async ({ ack, command, client }) => {
    await ack({ text: `Looking for \`${command.text}\`, 09:00 to 10:00 UTC` });
    const channel = command.channel_id;
    const parent = await client.chat.postMessage({ channel, text: ':hourglass_flowing_sand: asking' });
    const thread_ts = parent.ts ?? '';
    await client.chat.postMessage({ channel, thread_ts, text: 'the answer', blocks: answerBlocks });
    await client.chat.postMessage({ channel, thread_ts, text: 'charts', blocks: [...chartBlocks] });
    const csv = 'source,bytes\n10.0.0.1,"1,024"\n10.0.0.2,17\r\n"a ""b"", c","two\nlines"\n,\n';
    await client.filesUploadV2({
      channel_id: channel,
      thread_ts,
      filename: 'answer.csv',
      title: 'All 23 rows',
      content: csv,
    });
    await client.chat.update({
      channel,
      ts: thread_ts,
      text: `*23 addresses* talked to 10.0.1.5 in the last hour, asked by <@${command.user_id}>`,
    });
  });
  app.event('app_mention', async ({ event, say }) => {
    await say({ text: `You said: ${event.text}`, thread_ts: event.thread_ts ?? event.ts });
  });
  app.action('form', async ({ ack, body, client }) => {
    await ack();
    if (body.type === 'block_actions') await client.views.open({ trigger_id: body.trigger_id, view: form });
  });
  app.action('wider', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Widened to 6 h', replace_original: false, response_type: 'ephemeral' });
  });
  app.action('danger', async ({ ack, respond }) => {
    await ack();
    await respond({ text: 'Deleted', replace_original: true });
  });
  app.view('form', async ({ ack, view, client }) => {
    const address = view.state.values.address?.address?.value ?? '';
    if (!/^[\d.]+$/.test(address))
      return ack({ response_action: 'errors', errors: { address: 'This is not an address.' } });
    await ack();
    await client.chat.postMessage({ channel: 'C0INCIDENT', text: `The form said ${address}` });
  });
  app.shortcut('flowlog_from_message', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: form });
  });
}

const form = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Ask again'),
  submit: plain('Ask'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'address',
      label: plain('Address'),
      hint: plain('IPv4 or IPv6'),
      element: { type: 'plain_text_input' as const, action_id: 'address', placeholder: plain('10.0.1.5') },
    },
    {
      type: 'input' as const,
      block_id: 'window',
      label: plain('Window'),
      optional: true,
      element: { type: 'plain_text_input' as const, action_id: 'window', initial_value: 'last 1h' },
    },
  ],
};
