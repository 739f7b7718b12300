import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { blockId } from '../elements/ids.ts';
import { plainText, textObject } from '../elements/text-objects.ts';
import { actions, context, divider, header, input, section } from './basic-blocks.ts';
import { imageBlock, imageElement } from './image.ts';
import { video } from './rare-blocks.ts';
import { richText } from './rich-text.ts';
import { table } from './tables.ts';

/** Blocks that fold away under one heading; never a `data_table`. */
export const container = z
  .strictObject({
    type: z.literal('container'),
    block_id: blockId,
    title: plainText(PLAYGROUND_LIMITS.containerTitle).optional(),
    rich_text_title: richText.optional(),
    subtitle: textObject(PLAYGROUND_LIMITS.containerTitle).optional(),
    child_blocks: z
      .array(
        z.discriminatedUnion('type', [
          actions,
          context,
          divider,
          header,
          imageBlock,
          input,
          richText,
          section,
          table,
          video,
        ]),
      )
      .min(1)
      .max(PLAYGROUND_LIMITS.containerBlocks),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    icon: imageElement.optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine((block) => block.title !== undefined || block.rich_text_title !== undefined, {
    error: 'missing required field: title',
  });
