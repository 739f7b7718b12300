import { plain } from '../showcase-blocks.ts';

const options = [{ text: plain('1'), value: '1' }];
const words = {
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }],
};
const picture = { type: 'image', image_url: 'https://example.com/x.png', alt_text: 'x' };
const actions = (...elements: readonly object[]) => ({ type: 'actions', elements });
const input = (element: object) => ({ type: 'input', label: plain('l'), element });
const rich = (...elements: readonly object[]) => ({ type: 'rich_text', elements });

/** Blocks that Slack takes and flowlog never sends: the kind that is refused, where, and the block. */
export const otherBlocks: readonly (readonly [string, string, object])[] = [
  ['header', '/type', { type: 'header', text: plain('x') }],
  ['section', '/type', { type: 'section', text: plain('x') }],
  ['divider', '/type', { type: 'divider' }],
  ['image', '/type', picture],
  ['markdown', '/type', { type: 'markdown', text: '# x' }],
  ['alert', '/type', { type: 'alert', text: plain('x') }],
  [
    'plan',
    '/type',
    {
      type: 'plan',
      title: 'p',
      tasks: [{ type: 'task_card', task_id: '1', title: 't', status: 'complete', details: words }],
    },
  ],
  ['card', '/type', { type: 'card', title: { type: 'mrkdwn', text: 'x' } }],
  [
    'context_actions',
    '/type',
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
  ['static_select', '/elements/0/type', actions({ type: 'static_select', action_id: 'a', options })],
  ['external_select', '/elements/0/type', actions({ type: 'external_select', action_id: 'a' })],
  ['multi_users_select', '/element/type', input({ type: 'multi_users_select', action_id: 'a' })],
  ['overflow', '/elements/0/type', actions({ type: 'overflow', action_id: 'a', options })],
  ['checkboxes', '/element/type', input({ type: 'checkboxes', action_id: 'a', options })],
  ['radio_buttons', '/element/type', input({ type: 'radio_buttons', action_id: 'a', options })],
  ['datepicker', '/element/type', input({ type: 'datepicker', action_id: 'a' })],
  ['number_input', '/element/type', input({ type: 'number_input', is_decimal_allowed: false })],
  ['image', '/elements/0/type', { type: 'context', elements: [picture] }],
  [
    'header',
    '/child_blocks/0/type',
    { type: 'container', title: plain('x'), child_blocks: [{ type: 'header', text: plain('x') }] },
  ],
  ['icon', '/icon', { type: 'container', title: plain('x'), child_blocks: [words], icon: picture }],
  ['rich_text_quote', '/elements/0/type', rich({ type: 'rich_text_quote', elements: [] })],
  [
    'rich_text_list',
    '/elements/0/type',
    rich({ type: 'rich_text_list', style: 'bullet', elements: words.elements }),
  ],
  [
    'emoji',
    '/elements/0/elements/0/type',
    rich({ type: 'rich_text_section', elements: [{ type: 'emoji', name: 'wave' }] }),
  ],
];

/** A chart that Slack takes and flowlog never sends; Slack's types do not know charts yet. */
export const pieChart = {
  type: 'data_visualization',
  title: 't',
  chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] },
};
