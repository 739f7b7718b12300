import { z } from 'zod';

/** Text that is shown literally, at most `max` characters and never empty. */
export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });
}

/** Text in Slack's markup, at most `max` characters and never empty. */
export function mrkdwn(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });
}

/** Either kind of text. */
export function textObject(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);
}
