import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import {
  actionElements,
  contextActionElements,
  formElements,
  sharedElements,
  wideElements,
} from '../elements/elements.ts';
import { blockId } from '../elements/ids.ts';
import { multiSelects, selects } from '../elements/selects.ts';
import { mrkdwn, plainText, textObject } from '../elements/text-objects.ts';
import { imageElement } from './image.ts';

const line = PLAYGROUND_LIMITS.sectionText;

/** A heading. */
export const header = z.strictObject({
  type: z.literal('header'),
  block_id: blockId,
  text: plainText(PLAYGROUND_LIMITS.headerText),
});

/** A line between blocks. */
export const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

/** Small grey text and pictures. */
export const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(line), mrkdwn(line), imageElement]))
    .min(1)
    .max(PLAYGROUND_LIMITS.contextElements),
});

/** A paragraph, up to ten fields, and one thing beside it. */
export const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: textObject(line).optional(),
    fields: z
      .array(textObject(PLAYGROUND_LIMITS.sectionFieldText))
      .min(1)
      .max(PLAYGROUND_LIMITS.sectionFields)
      .optional(),
    accessory: z
      .discriminatedUnion('type', [
        ...actionElements,
        ...sharedElements,
        ...selects,
        ...multiSelects,
        imageElement,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, {
    error: 'missing required field: text',
  });

/** A row of buttons and menus. */
export const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        ...actionElements,
        ...sharedElements,
        ...wideElements,
        ...selects,
        ...multiSelects,
      ]),
    )
    .min(1)
    .max(PLAYGROUND_LIMITS.actionsElements),
});

/** Thumbs under an answer. */
export const contextActions = z.strictObject({
  type: z.literal('context_actions'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [...contextActionElements]))
    .min(1)
    .max(PLAYGROUND_LIMITS.contextActions),
});

/** A field of a form. */
export const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(PLAYGROUND_LIMITS.inputLabel),
  hint: plainText(PLAYGROUND_LIMITS.inputLabel).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [
    ...formElements,
    ...sharedElements,
    ...wideElements,
    ...selects,
    ...multiSelects,
  ]),
});
