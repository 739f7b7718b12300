import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { actions, context, contextActions, divider, header, input, section } from './basic-blocks.ts';
import { dataVisualization } from './chart.ts';
import { container } from './container.ts';
import { imageBlock } from './image.ts';
import { alert, card, carousel, markdown, plan, taskCard, video } from './rare-blocks.ts';
import { richText } from './rich-text.ts';
import { dataTable, table } from './tables.ts';

const everywhere = [actions, context, divider, header, imageBlock, input, richText, section, video] as const;

/** What a message may hold. */
export const messageBlocks = z
  .array(
    z.discriminatedUnion('type', [
      ...everywhere,
      card,
      carousel,
      container,
      contextActions,
      dataTable,
      dataVisualization,
      markdown,
      plan,
      table,
      taskCard,
    ]),
  )
  .max(PLAYGROUND_LIMITS.messageBlocks);

/** What a modal may hold: forms and notes, no tables and no charts. */
export const modalBlocks = z
  .array(z.discriminatedUnion('type', [...everywhere, alert]))
  .max(PLAYGROUND_LIMITS.viewBlocks);
