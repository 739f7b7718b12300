import { LIMITS } from '../../../src/render/limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const button = (more: object) => ({
  type: 'actions',
  elements: [{ type: 'button', text: plain('x'), action_id: 'a', ...more }],
});
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));

/** What is wrong, the blocks, the problem in Slack's words, and whether the official types can know it. */
export type BadBlocks = readonly (readonly [string, readonly unknown[], string, 'typed' | 'limit'])[];

/** Words, buttons, menus and ids that Slack refuses. */
export const badBlocks: BadBlocks = [
  ['an unknown block', [{ type: 'headr' }], 'unsupported type [json-pointer:/blocks/0/type]', 'typed'],
  ['a block without a type', [{}], 'unsupported type [json-pointer:/blocks/0/type]', 'typed'],
  [
    'an unknown field',
    [{ type: 'divider', colour: 'red' }],
    'invalid additional property: colour [json-pointer:/blocks/0]',
    'typed',
  ],
  [
    'a header with markup',
    [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
    '/blocks/0/text/type',
    'typed',
  ],
  [
    'an empty header',
    [{ type: 'header', text: plain('') }],
    'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    'limit',
  ],
  [
    'a long header',
    [{ type: 'header', text: plain('x'.repeat(LIMITS.headerText + 1)) }],
    `must be less than ${LIMITS.headerText + 1} characters`,
    'limit',
  ],
  [
    'a section of nothing',
    [{ type: 'section' }],
    'missing required field: text [json-pointer:/blocks/0]',
    'limit',
  ],
  [
    'a long section',
    [{ type: 'section', text: plain('x'.repeat(LIMITS.sectionText + 1)) }],
    '/blocks/0/text/text',
    'limit',
  ],
  [
    'too many fields',
    [{ type: 'section', fields: many(LIMITS.sectionFields + 1, () => plain('x')) }],
    `no more than ${LIMITS.sectionFields} items allowed`,
    'limit',
  ],
  [
    'a long field',
    [{ type: 'section', fields: [plain('x'.repeat(LIMITS.sectionFieldText + 1))] }],
    '/blocks/0/fields/0/text',
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
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    'already exists',
    'limit',
  ],
  [
    'a select without options',
    [{ type: 'actions', elements: [{ type: 'static_select', action_id: 'a' }] }],
    'exactly one of options and option_groups',
    'limit',
  ],
  [
    'too many options',
    [
      {
        type: 'actions',
        elements: [
          {
            type: 'static_select',
            options: many(LIMITS.selectOptions + 1, (n) => ({ text: plain('x'), value: `${n}` })),
          },
        ],
      },
    ],
    'items allowed',
    'limit',
  ],
  [
    'too long a menu',
    [
      {
        type: 'actions',
        elements: [
          {
            type: 'overflow',
            options: many(LIMITS.overflowOptions + 1, (n) => ({ text: plain('x'), value: `${n}` })),
          },
        ],
      },
    ],
    'items allowed',
    'limit',
  ],
  [
    'an input among actions',
    [{ type: 'actions', elements: [{ type: 'plain_text_input', action_id: 'a' }] }],
    'unsupported type',
    'typed',
  ],
];
