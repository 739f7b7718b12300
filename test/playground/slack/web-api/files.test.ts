import { describe, expect, it } from 'vitest';
import { givenPlayground } from '../given.ts';
import { clientOf } from '../tiny-app.ts';

describe('files', () => {
  it.each([
    ['text', { content: 'source,bytes\n10.0.0.1,5\n' }, 'source,bytes\n10.0.0.1,5\n'],
    ['bytes', { file: Buffer.from([0, 255, 10, 13]) }, Buffer.from([0, 255, 10, 13]).toString()],
  ])('takes %s through the three steps of an upload, into a thread', async (_kind, payload, expected) => {
    const playground = await givenPlayground();
    const client = clientOf(playground);
    const parent = await client.chat.postMessage({ channel: 'C0INCIDENT', text: 'parent' });
    await client.filesUploadV2({
      channel_id: 'C0INCIDENT',
      thread_ts: parent.ts ?? '',
      filename: 'rows.csv',
      title: 'Rows',
      ...payload,
    });
    const [message] = playground.messages('#incident-42').filter((one) => one.files.length > 0);
    const file = message?.files[0];
    if (!file) throw new Error('no file');
    expect(message).toMatchObject({ threadTs: parent.ts, author: { kind: 'bot' } });
    expect(file).toMatchObject({ name: 'rows.csv', title: 'Rows' });
    expect(playground.download(file).toString()).toBe(expected);
    const served = await fetch(new URL(file.url, playground.address), {
      headers: { 'x-playground-token': playground.token },
    });
    expect(await served.text()).toBe(expected);
    expect(served.headers.get('content-disposition')).toContain('attachment');
  });

  it('keeps a file that was not shared to itself', async () => {
    const playground = await givenPlayground();
    const { upload_url = '', file_id } = await clientOf(playground).files.getUploadURLExternal({
      filename: 'a.txt',
      length: 1,
    });
    await fetch(upload_url, { method: 'POST', body: 'x' });
    const headers = { 'x-playground-token': playground.token };
    expect((await fetch(`${playground.address}playground/files/${file_id}`, { headers })).status).toBe(404);
  });
});
