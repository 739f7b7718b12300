import { LIMITS } from '../../../../src/render/limits.ts';
import type { BadBlocks } from './bad-blocks.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const small = { type: 'context', elements: [plain('x')] };
const cell = (text: string) => ({ type: 'raw_text', text });
const many = <T>(count: number, make: (index: number) => T) =>
  Array.from({ length: count }, (_, index) => make(index));
const table = (more: object) => ({
  type: 'data_table',
  caption: 'c',
  rows: [[cell('h')], [cell('x')]],
  ...more,
});
const bars = (more: object) => ({
  type: 'data_visualization',
  title: 't',
  chart: {
    type: 'bar',
    series: [{ name: 's', data: [{ label: 'a', value: 1 }] }],
    axis_config: { categories: ['a'] },
    ...more,
  },
});

/** Tables, containers, rich text and charts that Slack refuses. */
export const badTables: BadBlocks = [
  ['a table without caption', [table({ caption: undefined })], 'missing required field: caption', 'typed'],
  ['a table of nothing but a header', [table({ rows: [[cell('h')]] })], 'no fewer than 2 items', 'limit'],
  [
    'an empty cell',
    [table({ rows: [[cell('h')], [cell('')]] })],
    'must be more than 0 characters [json-pointer:/blocks/0/rows/1/0/text]',
    'limit',
  ],
  [
    'rows of unequal length',
    [table({ rows: [[cell('h')], [cell('a'), cell('b')]] })],
    'same number of cells',
    'limit',
  ],
  [
    'too many rows',
    [table({ rows: many(LIMITS.tableRows + 2, () => [cell('x')]) })],
    'items allowed',
    'limit',
  ],
  [
    'too many columns',
    [table({ rows: many(2, () => many(LIMITS.tableColumns + 1, () => cell('x'))) })],
    'items allowed',
    'limit',
  ],
  [
    'too much text in cells',
    [table({ rows: [[cell('h')], [cell('x'.repeat(LIMITS.tableChars))]] })],
    'characters in total',
    'limit',
  ],
  ['a page of nothing', [table({ page_size: 0 })], '/blocks/0/page_size', 'limit'],
  [
    'a data_table in a container',
    [{ type: 'container', title: plain('x'), child_blocks: [table({})] }],
    'unsupported type [json-pointer:/blocks/0/child_blocks/0/type]',
    'typed',
  ],
  [
    'a container without title',
    [{ type: 'container', child_blocks: [small] }],
    'missing required field: title',
    'limit',
  ],
  [
    'too much in a container',
    [
      {
        type: 'container',
        title: plain('x'),
        child_blocks: many(LIMITS.containerBlocks + 1, () => small),
      },
    ],
    'items allowed',
    'limit',
  ],
  [
    'rich text of unknown parts',
    [{ type: 'rich_text', elements: [{ type: 'paragraph', elements: [] }] }],
    'unsupported type',
    'typed',
  ],
  [
    'empty rich text',
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
      },
    ],
    'must be more than 0 characters',
    'limit',
  ],
  ['a chart of a third dimension', [bars({ type: 'bubble' })], 'unsupported type', 'typed'],
  [
    'a chart without a point for a category',
    [bars({ axis_config: { categories: ['a', 'b'] } })],
    'a point for every category',
    'typed',
  ],
  [
    'a long chart label',
    [bars({ series: [{ name: 'x'.repeat(LIMITS.chartLabel + 1), data: [{ label: 'a', value: 1 }] }] })],
    'must be less than',
    'typed',
  ],
  [
    'too many charts',
    many(LIMITS.chartsPerMessage + 1, () => bars({})),
    'no more than 2 data_visualization blocks',
    'typed',
  ],
];
