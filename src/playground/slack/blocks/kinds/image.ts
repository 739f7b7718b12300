import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { blockId } from '../elements/ids.ts';
import { plainText } from '../elements/text-objects.ts';

const slackFile = z.union([z.strictObject({ url: z.string() }), z.strictObject({ id: z.string() })]);
const source = {
  image_url: z.string().min(1).max(PLAYGROUND_LIMITS.imageUrl).optional(),
  slack_file: slackFile.optional(),
  alt_text: z.string().min(1).max(PLAYGROUND_LIMITS.imageAlt),
};

function hasOneSource(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}
const oneSource = { error: 'exactly one of image_url and slack_file is required' };

/** A small picture inside a context or beside a section. */
export const imageElement = z
  .strictObject({ type: z.literal('image'), ...source })
  .refine(hasOneSource, oneSource);

/** A picture of its own. */
export const imageBlock = z
  .strictObject({
    type: z.literal('image'),
    block_id: blockId,
    ...source,
    title: plainText(PLAYGROUND_LIMITS.imageTitle).optional(),
  })
  .refine(hasOneSource, oneSource);
