import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../limits.ts';
import { dataVisualization } from './chart.ts';
import {
  blockId,
  button,
  mrkdwn,
  notPlayed,
  plainText,
  plainTextInput,
  staticSelect,
  textObject,
} from './elements.ts';
import { richText } from './rich-text.ts';
import { dataTableBlock, tableBlock } from './tables.ts';

const smallText = PLAYGROUND_LIMITS.sectionText;

/** Small grey text. */
const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(smallText), mrkdwn(smallText)]))
    .min(1)
    .max(PLAYGROUND_LIMITS.contextElements),
});

/** A row of buttons. */
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [button]))
    .min(1)
    .max(PLAYGROUND_LIMITS.actionsElements),
});

/** A field of a form. */
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(PLAYGROUND_LIMITS.inputLabel),
  hint: plainText(PLAYGROUND_LIMITS.inputLabel).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [plainTextInput, staticSelect]),
});

/** Blocks that fold away under one heading; never a `data_table`. */
const container = z
  .strictObject({
    type: z.literal('container'),
    block_id: blockId,
    title: plainText(PLAYGROUND_LIMITS.containerTitle).optional(),
    rich_text_title: richText.optional(),
    subtitle: textObject(PLAYGROUND_LIMITS.containerTitle).optional(),
    child_blocks: z
      .array(z.discriminatedUnion('type', [actions, context, input, richText, tableBlock]))
      .min(1)
      .max(PLAYGROUND_LIMITS.containerBlocks),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: notPlayed('icon'),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((block) => block.title !== undefined || block.rich_text_title !== undefined, {
    error: 'missing required field: title',
  });

/** A field of a form. */
export type SlackInputBlock = z.infer<typeof input>;

/** Blocks under one heading that may be folded. */
export type SlackContainerBlock = z.infer<typeof container>;

const inMessagesAndModals = [actions, context, input, richText] as const;
const messageBlock = z.discriminatedUnion('type', [
  ...inMessagesAndModals,
  container,
  dataTableBlock,
  dataVisualization,
  tableBlock,
]);

/** A block that the playground accepts. */
export type SlackBlock = z.infer<typeof messageBlock>;

/** What a message may hold. */
export const messageBlocks = z.array(messageBlock).max(PLAYGROUND_LIMITS.messageBlocks);

/** What a modal may hold: forms and notes, no tables and no charts. */
export const modalBlocks = z
  .array(z.discriminatedUnion('type', [...inMessagesAndModals]))
  .max(PLAYGROUND_LIMITS.viewBlocks);
