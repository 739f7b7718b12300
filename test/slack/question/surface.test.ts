import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { createRespond, type ResponseUrl } from '../../../src/slack/api/response-url.ts';
import { placeOf } from '../../../src/slack/question/place.ts';
import { createPrivateSurface } from '../../../src/slack/question/surface.ts';
import { freePort } from '../free-port.ts';

const MESSAGE = { text: 'words', blocks: [] };
const HALF_HOUR_MS = 30 * 60_000;

/** A surface over a real address, and what was sent to it. */
async function givenSurface(options: Partial<ResponseUrl> = {}, now = () => new Date(0)) {
  const sent: { readonly text: string; readonly replace_original: boolean }[] = [];
  const port = await freePort();
  const server = createServer(async (request, response) => {
    sent.push(JSON.parse(await text(request)));
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const to = { url: `http://127.0.0.1:${port}/answer`, givenMs: 0, ...options };
  const place = placeOf({ channel: 'C1', person: 'U1', responseUrl: to }, undefined);
  const surface = createPrivateSurface(place, to, 'why', {
    respond: createRespond({ now, stopping: new AbortController().signal }),
    now,
  });
  return { surface, shown: () => sent.map((each) => [each.text.split('\n')[0], each.replace_original]) };
}

it('the place of an answer sends nothing before there is something to show', async () => {
  const { surface, shown } = await givenSurface();
  await surface.open(MESSAGE);
  expect(shown()).toEqual([]);
  await surface.end({ ...MESSAGE, text: 'end' });
  expect(shown()).toEqual([['end', false]]);
});

it('the place of an answer shows its progress once, and replaces that by the answer', async () => {
  const { surface, shown } = await givenSurface();
  await surface.open(MESSAGE);
  for (const progress of ['one', 'two', 'three']) await surface.show({ ...MESSAGE, text: progress });
  await surface.end({ ...MESSAGE, text: 'end' });
  expect(shown()).toEqual([
    ['one', false],
    ['end', true],
  ]);
});

it('the place of an answer shows no progress after the answer', async () => {
  const { surface, shown } = await givenSurface();
  await surface.open(MESSAGE);
  await surface.end({ ...MESSAGE, text: 'end' });
  await surface.show({ ...MESSAGE, text: 'progress' });
  expect(shown()).toEqual([['end', false]]);
});

it('the place of an answer does not replace the message whose button was pressed', async () => {
  const { surface, shown } = await givenSurface({ isOfMessage: true });
  await surface.show(MESSAGE);
  await surface.end({ ...MESSAGE, text: 'end' });
  expect(shown()).toEqual([
    ['words', false],
    ['end', false],
  ]);
});

it('the place of an answer is not opened where the answer could not be sent any more', async () => {
  const { surface } = await givenSurface({}, () => new Date(HALF_HOUR_MS + 1));
  await expect(surface.open(MESSAGE)).rejects.toThrow('expired_url');
});
