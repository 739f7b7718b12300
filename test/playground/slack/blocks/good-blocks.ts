import { answerBlocks, chartBlocks, plain } from '../showcase-blocks.ts';

const words = {
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
};

/** Blocks that Slack takes, by what they are. */
export const goodBlocks: readonly (readonly [
  string,
  { readonly type: string; readonly [field: string]: unknown },
])[] = [
  ...answerBlocks.map((block) => [`the ${block.type} of an answer`, block] as const),
  ...chartBlocks.map((block) => [`a ${block.chart.type} chart`, block] as const),
  [
    'a button with a link, a style and a question',
    {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: plain('x'),
          url: 'https://example.com',
          accessibility_label: 'y',
          style: 'primary',
          confirm: { title: plain('t'), text: { type: 'mrkdwn', text: 'x' }, style: 'danger' },
        },
      ],
    },
  ],
  [
    'context in markup',
    { type: 'context', elements: [{ type: 'mrkdwn', text: '*x*', verbatim: true }, plain('y')] },
  ],
  [
    'a container of everything it may hold',
    {
      type: 'container',
      rich_text_title: words,
      subtitle: plain('s'),
      width: 'wide',
      has_header_divider: true,
      child_blocks: [words, { type: 'context', elements: [plain('x')] }],
    },
  ],
  [
    'a still table',
    {
      type: 'table',
      column_settings: [{ is_wrapped: true }, { align: 'right' }],
      rows: [
        [
          { type: 'raw_text', text: 'a' },
          { type: 'raw_number', value: 1, text: '1' },
        ],
        [words, { type: 'raw_text', text: 'b' }],
      ],
    },
  ],
  [
    'rich text of every part',
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'x', style: { bold: true, code: true } },
            { type: 'link', url: 'https://example.com', text: 'x' },
            { type: 'user', user_id: 'U1' },
          ],
        },
        {
          type: 'rich_text_preformatted',
          border: 1,
          elements: [{ type: 'text', text: 'SELECT 1', style: { bold: true } }],
        },
      ],
    },
  ],
  [
    'an input',
    {
      type: 'input',
      label: plain('l'),
      hint: plain('h'),
      optional: true,
      element: { type: 'plain_text_input', action_id: 'a', multiline: true, max_length: 9 },
    },
  ],
];
