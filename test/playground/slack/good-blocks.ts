import { answerBlocks, chartBlocks } from './showcase-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const option = (value: string) => ({ text: plain(value), value });
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
  ['a divider', { type: 'divider' }],
  ['a section with a select', section({ type: 'static_select', action_id: 'a', options: [option('1')] })],
  [
    'a section with groups',
    section({ type: 'static_select', option_groups: [{ label: plain('g'), options: [option('1')] }] }),
  ],
  [
    'a section with a picture',
    section({ type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' }),
  ],
  [
    'a section with an external select',
    section({ type: 'external_select', action_id: 'a', min_query_length: 2 }),
  ],
  ['a section with people', section({ type: 'multi_users_select', action_id: 'a' })],
  [
    'actions of many kinds',
    {
      type: 'actions',
      elements: [
        { type: 'button', text: plain('x'), url: 'https://example.com', accessibility_label: 'y' },
        { type: 'checkboxes', action_id: 'c', options: [option('1')] },
        { type: 'radio_buttons', action_id: 'r', options: [option('1')] },
        { type: 'datepicker', action_id: 'd', initial_date: '2026-11-23' },
        { type: 'timepicker', action_id: 't', initial_time: '10:05' },
        { type: 'datetimepicker', action_id: 'dt' },
        { type: 'conversations_select', action_id: 'cs', default_to_current_conversation: true },
      ],
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
        { type: 'rich_text_list', style: 'ordered', indent: 1, elements: words.elements },
        {
          type: 'rich_text_quote',
          elements: [
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
  ['a picture', { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x', title: plain('t') }],
  ['markdown', { type: 'markdown', text: '# x' }],
  [
    'a plan',
    {
      type: 'plan',
      title: 'p',
      tasks: [{ type: 'task_card', task_id: '1', title: 't', status: 'complete', details: words }],
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
  [
    'a number',
    {
      type: 'input',
      label: plain('l'),
      element: { type: 'number_input', is_decimal_allowed: false, min_value: '1' },
    },
  ],
  ['a card', { type: 'card', title: { type: 'mrkdwn', text: 'x' } }],
  [
    'thumbs',
    {
      type: 'context_actions',
      elements: [
        {
          type: 'feedback_buttons',
          positive_button: { text: plain('y'), value: '1' },
          negative_button: { text: plain('n'), value: '0' },
        },
      ],
    },
  ],
];

function section(accessory: object) {
  return { type: 'section', text: { type: 'mrkdwn', text: 'x', verbatim: true }, accessory };
}
