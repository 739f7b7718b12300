import { expect, it } from 'vitest';
import { lineWithoutMention } from '../../../src/slack/listener/on-message.ts';
import { givenSlack } from '../given-slack.ts';

it.each([
  ['<@U1> to 10.0.1.5', 'to 10.0.1.5'],
  ['please <@U1|flowlog> to 10.0.1.5', 'please   to 10.0.1.5'],
  ['<@U1><@U1|> to 10.0.1.5', 'to 10.0.1.5'],
  ['<@U2> to 10.0.1.5', '<@U2> to 10.0.1.5'],
  ['<@U1|a<b> to 10.0.1.5', '<@U1|a<b> to 10.0.1.5'],
])('%s is the line %s', (text, line) => {
  expect(lineWithoutMention(text, 'U1')).toBe(line);
});

// Read in more than one pass for each mention, this would take hours.
it('a message full of unfinished mentions is read in one pass', () => {
  const text = '<@U1|'.repeat(1_000_000);
  expect(lineWithoutMention(text, 'U1')).toBe(text);
});

it('what is wrong with a mention is said to the person also where Slack has a fault at first', async () => {
  const { playground } = await givenSlack();
  playground.faults.next('chat.postEphemeral', { kind: 'http_error', status: 503 });
  await playground.type({ person: 'ana', channel: '#incident-42', text: '@flowlog to 10.0.1.300' });
  const note = await playground.until(() =>
    playground.messages('#incident-42').find(({ onlyFor }) => onlyFor !== undefined),
  );
  expect(note.text).toContain('10.0.1.300');
});
