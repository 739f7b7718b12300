import { LIMITS } from '../../../../src/render/limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (more: object) => ({
  type: 'actions',
  elements: [{ type: 'button', text: plain('x'), action_id: 'a', ...more }],
});
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/** What is wrong, the blocks, the problem in Slack's words, and whether the official types can know it. */
export type BadBlocks = readonly (readonly [string, readonly unknown[], string, 'typed' | 'limit'])[];

/** Text, buttons, fields and ids that Slack refuses. */
export const badBlocks: BadBlocks = [
  ['an unknown block', [{ type: 'headr' }], 'unsupported type [json-pointer:/blocks/0/type]', 'typed'],
  ['a block without a type', [{}], 'unsupported type [json-pointer:/blocks/0/type]', 'typed'],
  [
    'an unknown field',
    [{ type: 'context', elements: [plain('x')], colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
    'typed',
  ],
  [
    'a label with markup',
    [{ type: 'input', label: { type: 'mrkdwn', text: 'x' }, element: { type: 'plain_text_input' } }],
    '/blocks/0/label/type',
    'typed',
  ],
  [
    'an empty label',
    [{ type: 'input', label: plain(''), element: { type: 'plain_text_input' } }],
    'must be more than 0 characters [json-pointer:/blocks/0/label/text]',
    'limit',
  ],
  [
    'a long label',
    [
      {
        type: 'input',
        label: plain('x'.repeat(LIMITS.inputLabel + 1)),
        element: { type: 'plain_text_input' },
      },
    ],
    `must be less than ${LIMITS.inputLabel + 1} characters`,
    'limit',
  ],
  [
    'a field with a long value',
    [
      {
        type: 'input',
        label: plain('x'),
        element: { type: 'plain_text_input', initial_value: 'x'.repeat(LIMITS.plainTextInput + 1) },
      },
    ],
    '/blocks/0/element/initial_value',
    'limit',
  ],
  [
    'a field with a long placeholder',
    [
      {
        type: 'input',
        label: plain('x'),
        element: { type: 'plain_text_input', placeholder: plain('x'.repeat(LIMITS.placeholder + 1)) },
      },
    ],
    '/blocks/0/element/placeholder/text',
    'limit',
  ],
  [
    'a menu with a long choice',
    [menu({ options: [choice('x'.repeat(LIMITS.optionText + 1))] })],
    '/blocks/0/element/options/0/text/text',
    'limit',
  ],
  ['a menu without choices', [menu({ options: [] })], 'no fewer than 1 items', 'limit'],
  [
    'a menu of choices and of groups of them',
    [menu({ options: [choice('a')], option_groups: [{ label: plain('g'), options: [choice('b')] }] })],
    'must have one of options and option_groups',
    'limit',
  ],
  ['a menu of nothing', [menu({})], 'must have one of options and option_groups', 'limit'],
  [
    'a menu that begins at a choice that it has not',
    [menu({ options: [choice('a')], initial_option: choice('b') })],
    'initial_option is not one of the options',
    'limit',
  ],
  ['context of nothing', [{ type: 'context', elements: [] }], 'no fewer than 1 items', 'limit'],
  [
    'long context',
    [{ type: 'context', elements: [plain('x'.repeat(LIMITS.sectionText + 1))] }],
    '/blocks/0/elements/0/text',
    'limit',
  ],
  [
    'too much context',
    [{ type: 'context', elements: many(LIMITS.contextElements + 1, () => plain('x')) }],
    '/blocks/0/elements',
    'limit',
  ],
  [
    'too many actions',
    [
      {
        type: 'actions',
        elements: many(LIMITS.actionsElements + 1, (n) => ({
          type: 'button',
          text: plain('x'),
          action_id: `${n}`,
        })),
      },
    ],
    '/blocks/0/elements',
    'limit',
  ],
  [
    'a long button',
    [button({ text: plain('x'.repeat(LIMITS.buttonText + 1)) })],
    '/blocks/0/elements/0/text/text',
    'limit',
  ],
  [
    'a long button value',
    [button({ value: 'x'.repeat(LIMITS.buttonValue + 1) })],
    '/blocks/0/elements/0/value',
    'limit',
  ],
  ['a button of a third style', [button({ style: 'warning' })], '/blocks/0/elements/0/style', 'typed'],
  [
    'a button without text',
    [{ type: 'actions', elements: [{ type: 'button' }] }],
    'missing required field: text [json-pointer:/blocks/0/elements/0/text]',
    'typed',
  ],
  [
    'a confirm without text',
    [button({ confirm: { title: plain('x') } })],
    '/blocks/0/elements/0/confirm/text',
    'typed',
  ],
  [
    'a repeated action_id',
    [{ type: 'actions', elements: [1, 2].map(() => ({ type: 'button', text: plain('x'), action_id: 'a' })) }],
    'already exists',
    'limit',
  ],
  [
    'a repeated block_id',
    [
      { type: 'context', elements: [plain('x')], block_id: 'a' },
      { type: 'context', elements: [plain('x')], block_id: 'a' },
    ],
    'already exists',
    'limit',
  ],
  [
    'an input among actions',
    [{ type: 'actions', elements: [{ type: 'plain_text_input', action_id: 'a' }] }],
    'unsupported type',
    'typed',
  ],
];

function choice(text: string) {
  return { text: plain(text), value: text };
}

function menu(select: Readonly<Record<string, unknown>>) {
  return {
    type: 'input',
    label: plain('x'),
    element: { type: 'static_select', action_id: 'a', ...select },
  };
}
