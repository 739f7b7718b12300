import { expect, it } from 'vitest';
import { escapeMarkup, messageText, splitAtPeople } from '../../../src/render/blocks/slack-text.ts';
import { boldLine, plainLine } from '../../../src/render/blocks/text-blocks.ts';

it('text for Slack splits text at the people in it, and only at those that are named', () => {
  expect(splitAtPeople('by U0BEN, not U0ANA', ['U0BEN'])).toEqual([
    { text: 'by ' },
    { person: 'U0BEN' },
    { text: ', not U0ANA' },
  ]);
  expect(splitAtPeople('U0BEN and U0ANA', ['U0ANA', 'U0BEN'])).toEqual([
    { person: 'U0BEN' },
    { text: ' and ' },
    { person: 'U0ANA' },
  ]);
});

it('text for Slack leaves names without a Slack id as they are, and words that only contain an id', () => {
  expect(splitAtPeople('by terminal', ['terminal'])).toEqual([{ text: 'by terminal' }]);
  expect(splitAtPeople('U0BENJAMIN', ['U0BEN'])).toEqual([{ text: 'U0BENJAMIN' }]);
  expect(splitAtPeople('.*', ['.*'])).toEqual([{ text: '.*' }]);
});

it('text for Slack shows people by their names, and everything else literally', () => {
  expect(messageText('<!channel> by U0BEN & co', ['U0BEN'])).toBe('&lt;!channel&gt; by <@U0BEN> &amp; co');
  expect(JSON.stringify(plainLine('`a` by U0BEN', ['U0BEN']))).toContain(
    '{"type":"text","text":" by "},{"type":"user","user_id":"U0BEN"}',
  );
  expect(JSON.stringify(boldLine('by U0BEN.', ['U0BEN']))).toContain(
    '{"type":"user","user_id":"U0BEN"},{"type":"text","text":".","style":{"bold":true}}',
  );
});

it('text for Slack leaves no half of a mention where text is cut', () => {
  for (let length = 3_900; length < 4_010; length += 1)
    expect(messageText(`${'x'.repeat(length)}U0BEN`.replace('xU0BEN', ' U0BEN'), ['U0BEN'])).toMatch(
      /^x+(?: ?…| <@U0BEN>)$/,
    );
});

it('text for Slack makes foreign text literal where Slack reads markup', () => {
  expect(escapeMarkup('<!channel> & <@U1> &lt;')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;lt;');
  const long = messageText(`${'x'.repeat(3_996)}<<<<`);
  expect(long).toBe(`${'x'.repeat(3_996)}…`);
  expect(messageText('&'.repeat(5_000)).length).toBeLessThanOrEqual(4_000);
  expect(messageText('&'.repeat(5_000))).toMatch(/^(&amp;)+…$/);
});
