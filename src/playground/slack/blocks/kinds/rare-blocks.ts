import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { button } from '../elements/elements.ts';
import { blockId } from '../elements/ids.ts';
import { mrkdwn, plainText, textObject } from '../elements/text-objects.ts';
import { imageElement } from './image.ts';
import { richText } from './rich-text.ts';

/** A coloured note; Slack shows it in modals only. */
export const alert = z.strictObject({
  type: z.literal('alert'),
  block_id: blockId,
  text: textObject(PLAYGROUND_LIMITS.alertText),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

/** Standard markdown. Slack ignores its `block_id`. */
export const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: z.string().min(1).max(PLAYGROUND_LIMITS.markdownText),
});

/** One step of a plan. */
export const taskCard = z.strictObject({
  type: z.literal('task_card'),
  block_id: blockId,
  task_id: z.string().min(1).max(PLAYGROUND_LIMITS.blockId),
  title: z.string().min(1),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
  details: richText.optional(),
  output: richText.optional(),
  sources: z.array(z.strictObject({ type: z.literal('url'), url: z.string(), text: z.string() })).optional(),
});

/** Steps and how far they are. */
export const plan = z.strictObject({
  type: z.literal('plan'),
  block_id: blockId,
  title: z.string().min(1),
  tasks: z
    .array(taskCard)
    .max(PLAYGROUND_LIMITS.planTasks)
    .refine((tasks) => new Set(tasks.map((task) => task.task_id)).size === tasks.length, {
      error: 'task_id must be unique',
    })
    .optional(),
});

/** A picture, a title and a few buttons. */
export const card = z
  .strictObject({
    type: z.literal('card'),
    block_id: blockId,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: mrkdwn(PLAYGROUND_LIMITS.cardText).optional(),
    subtitle: mrkdwn(PLAYGROUND_LIMITS.cardText).optional(),
    body: mrkdwn(PLAYGROUND_LIMITS.cardBody).optional(),
    actions: z.array(button).optional(),
  })
  .refine((one) => Boolean(one.hero_image ?? one.title ?? one.actions ?? one.body), {
    error: 'an empty card is not allowed',
  });

/** Cards in a row. */
export const carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id: blockId,
  elements: z.array(card).min(1).max(PLAYGROUND_LIMITS.carouselCards),
});

/** A film. */
export const video = z.strictObject({
  type: z.literal('video'),
  block_id: blockId,
  video_url: z.string(),
  thumbnail_url: z.string(),
  alt_text: z.string(),
  title: plainText(PLAYGROUND_LIMITS.videoTitle),
  title_url: z.string().optional(),
  author_name: z.string().max(PLAYGROUND_LIMITS.videoAuthor).optional(),
  provider_name: z.string().optional(),
  provider_icon_url: z.string().optional(),
  description: plainText(PLAYGROUND_LIMITS.videoTitle).optional(),
});
