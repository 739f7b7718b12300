import { describe, expect, it } from 'vitest';
import { textOfMessage } from '../../../src/slack/listener/message-text.ts';

describe('the text of a message', () => {
  it('is in its attachments, fields and blocks too, a piece a line', () => {
    const message = {
      text: 'FIRING',
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: 'on 10.0.12.41' } },
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_section',
              elements: [
                { type: 'text', text: '10.0.' },
                { type: 'text', text: '1.5' },
                { type: 'link', url: 'http://10.0.1.9/', text: 'there' },
              ],
            },
          ],
        },
      ],
      attachments: [{ fallback: 'down', fields: [{ title: 'Host', value: 'db-1' }] }],
    };
    const lines = [
      'FIRING',
      'on 10.0.12.41',
      '10.0.',
      '1.5',
      'there',
      'http://10.0.1.9/',
      'down',
      'Host',
      'db-1',
    ];
    expect(textOfMessage(message).split('\n')).toEqual(lines);
  });

  it.each([undefined, null, 7, 'text', [], { text: 4 }, { blocks: {} }])(
    'is empty where there is none: %j',
    (message) => {
      expect(textOfMessage(message)).toBe('');
    },
  );

  it('ends somewhere', () => {
    let deep: unknown = { text: 'inside' };
    for (let depth = 0; depth < 100; depth++) deep = { blocks: [deep] };
    expect(textOfMessage(deep)).toBe('');
    expect(textOfMessage({ text: 'a'.repeat(50_000) })).toHaveLength(20_000);
  });
});
