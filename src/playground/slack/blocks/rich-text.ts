import { z } from 'zod';
import { blockId } from './elements.ts';

const style = z
  .strictObject({
    bold: z.boolean().optional(),
    code: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    underline: z.boolean().optional(),
  })
  .optional();

const text = z.strictObject({ type: z.literal('text'), text: z.string().min(1), style });
const link = z.strictObject({
  type: z.literal('link'),
  url: z.string().min(1),
  text: z.string().optional(),
  unsafe: z.boolean().optional(),
  style,
});
const user = z.strictObject({ type: z.literal('user'), user_id: z.string(), style });
const date = z.strictObject({
  type: z.literal('date'),
  timestamp: z.int().positive(),
  format: z.string().min(1),
  url: z.string().min(1).optional(),
  fallback: z.string().optional(),
  style,
});
const leaf = z.discriminatedUnion('type', [text, link, user, date]);

/** A run of text, a link, a person or an instant; its text is literal, never markup. */
export type SlackRichTextElement = z.infer<typeof leaf>;

const part = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(leaf) }),
  z.strictObject({
    type: z.literal('rich_text_preformatted'),
    elements: z.array(z.discriminatedUnion('type', [text, link])),
    border: z.union([z.literal(0), z.literal(1)]).optional(),
  }),
]);

/** A paragraph, or text in a fixed width. */
export type SlackRichTextSection = z.infer<typeof part>;

/** Text made of literal leaves: the safest place for untrusted text. */
export const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z.array(part),
});

/** Text made of literal leaves. */
export type SlackRichTextBlock = z.infer<typeof richText>;

/** The text of rich text, without styles and mentions. */
export function richTextText(block: SlackRichTextBlock): string {
  return block.elements.map((one) => one.elements.map(leafText).join('')).join('\n');
}

function leafText(one: SlackRichTextElement): string {
  if (one.type === 'user') return '';
  if (one.type === 'date') return one.fallback ?? '';
  return one.type === 'link' ? (one.text ?? one.url) : one.text;
}
