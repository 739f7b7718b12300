import type { Block, Message, TableCell } from '../../src/render/blocks/block-types.ts';
import { LIMITS } from '../../src/render/limits.ts';

const IN_CONTAINER = new Set([
  'actions',
  'context',
  'divider',
  'file',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
]);

/** What Slack would refuse in a message, a sentence each; counted without the code that fits it. */
export function overLimits({ text, blocks }: Message): readonly string[] {
  const tables = blocks.filter(({ type }) => type === 'table' || type === 'data_table').length;
  const charts = blocks.filter(({ type }) => type === 'data_visualization').length;
  const ids = blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.map((e) => e.action_id) : [],
  );
  return [
    ...textOver(text, LIMITS.messageText, 'the text of the message'),
    ...(/<[!@#]/.test(text) ? ['the text of the message mentions a person'] : []),
    ...atMost(blocks.length, LIMITS.messageBlocks, 'blocks'),
    ...atMost(tables, LIMITS.tablesPerMessage, 'tables'),
    ...atMost(charts, LIMITS.chartsPerMessage, 'charts'),
    ...(new Set(ids).size === ids.length ? [] : ['two buttons have the same id']),
    ...blocks.flatMap(overLimitsOf),
  ];
}

function overLimitsOf(block: Block): readonly string[] {
  switch (block.type) {
    case 'rich_text':
      return block.elements.flatMap(({ elements }) => [
        ...between(elements.length, 1, LIMITS.sectionText, 'runs of rich text'),
        ...elements.flatMap((leaf) =>
          leaf.type === 'text' ? textOver(leaf.text, LIMITS.sectionText, 'rich text') : [],
        ),
      ]);
    case 'context':
      return [
        ...between(block.elements.length, 1, LIMITS.contextElements, 'context elements'),
        ...block.elements.flatMap((element) => textOver(element.text, LIMITS.sectionText, 'small print')),
      ];
    case 'actions':
      return actions(block);
    case 'table':
      return table(block.rows, 1);
    case 'data_table':
      return [
        ...table(block.rows, LIMITS.dataTableMinRows),
        ...textOver(block.caption, LIMITS.headerText, 'the caption'),
        ...between(block.page_size, 1, LIMITS.tablePageSize, 'rows a page'),
      ];
    case 'container':
      return [
        ...textOver(block.title.text, LIMITS.containerTitle, 'the title of a container'),
        ...between(block.child_blocks.length, 1, LIMITS.containerBlocks, 'blocks in a container'),
        ...block.child_blocks
          .filter(({ type }) => !IN_CONTAINER.has(type))
          .map(({ type }) => `${type} in a container`),
        ...block.child_blocks.flatMap(overLimitsOf),
      ];
    case 'data_visualization':
      return chart(block);
    default:
      return [];
  }
}

function actions({ elements }: Extract<Block, { type: 'actions' }>): readonly string[] {
  return [
    ...between(elements.length, 1, LIMITS.actionsElements, 'buttons'),
    ...elements.flatMap(({ action_id, text, value, accessibility_label = '-' }) => [
      ...textOver(action_id, LIMITS.actionId, 'the id of a button'),
      ...textOver(text.text, LIMITS.buttonText, 'the text of a button'),
      ...textOver(value, LIMITS.buttonValue, 'the value of a button'),
      ...textOver(accessibility_label, LIMITS.buttonText, 'the spoken label of a button'),
    ]),
  ];
}

function table(rows: readonly (readonly TableCell[])[], leastRows: number): readonly string[] {
  const [header = []] = rows;
  const cells = rows.flat();
  const characters = cells.reduce((sum, { text }) => sum + text.length, 0);
  return [
    ...between(rows.length - 1, leastRows, LIMITS.tableRows, 'rows of a table'),
    ...between(header.length, 1, LIMITS.tableColumns, 'columns'),
    ...(rows.every((row) => row.length === header.length) ? [] : ['rows of different lengths']),
    ...atMost(characters, LIMITS.tableChars, 'characters in a table'),
    ...cells.filter(({ text }) => text.trim() === '').map(() => 'an empty cell'),
    ...cells
      .filter((cell) => cell.type === 'raw_number' && !Number.isFinite(cell.value))
      .map(() => 'no number'),
  ];
}

function chart({
  title,
  chart: { series, axis_config },
}: Extract<Block, { type: 'data_visualization' }>): readonly string[] {
  const { categories, y_label = '-' } = axis_config;
  return [
    ...textOver(title, LIMITS.chartTitle, 'the title of a chart'),
    ...textOver(y_label, LIMITS.chartAxisLabel, 'the label of an axis'),
    ...between(series.length, 1, LIMITS.chartSeries, 'series'),
    ...between(categories.length, 1, LIMITS.chartPoints, 'categories'),
    ...(new Set(categories).size === categories.length ? [] : ['two categories of one name']),
    ...[...categories, ...series.map(({ name }) => name)].flatMap((name) =>
      textOver(name, LIMITS.chartLabel, 'a label'),
    ),
    ...series
      .filter(({ data }) => data.map(({ label }) => label).join() !== categories.join())
      .map(({ name }) => `${name} lacks a point for a category`),
  ];
}

function textOver(text: string, most: number, what: string): readonly string[] {
  return text.trim() === '' ? [`${what} is empty`] : atMost(text.length, most, `characters in ${what}`);
}

function atMost(amount: number, most: number, what: string): readonly string[] {
  return amount > most ? [`${amount} ${what}, ${most} are the most`] : [];
}

function between(amount: number, least: number, most: number, what: string): readonly string[] {
  return amount < least ? [`${amount} ${what}, ${least} are the least`] : atMost(amount, most, what);
}
