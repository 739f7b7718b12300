import { z } from 'zod';
import { PLAYGROUND_LIMITS } from '../../limits.ts';
import { mrkdwn, plainText } from './text-objects.ts';

const rest = {
  value: z.string().max(PLAYGROUND_LIMITS.optionValue).optional(),
  url: z.string().max(PLAYGROUND_LIMITS.buttonUrl).optional(),
  description: plainText(PLAYGROUND_LIMITS.optionDescription).optional(),
};

/** A choice of a select or an overflow menu. */
export const plainOption = z.strictObject({ text: plainText(PLAYGROUND_LIMITS.optionText), ...rest });

/** A choice of radio buttons or checkboxes, which may use markup. */
export const markupOption = z.strictObject({
  text: z.discriminatedUnion('type', [
    plainText(PLAYGROUND_LIMITS.optionText),
    mrkdwn(PLAYGROUND_LIMITS.optionText),
  ]),
  ...rest,
});

/** Choices under headings. */
export const optionGroups = z
  .array(
    z.strictObject({
      label: plainText(PLAYGROUND_LIMITS.optionText),
      options: z.array(plainOption).min(1).max(PLAYGROUND_LIMITS.selectOptions),
    }),
  )
  .min(1)
  .max(PLAYGROUND_LIMITS.optionGroups);

/** The question before an element does something. */
export const confirm = z
  .strictObject({
    title: plainText(PLAYGROUND_LIMITS.confirmTitle).optional(),
    text: z.discriminatedUnion('type', [
      plainText(PLAYGROUND_LIMITS.confirmText),
      mrkdwn(PLAYGROUND_LIMITS.confirmText),
    ]),
    confirm: plainText(PLAYGROUND_LIMITS.confirmButton).optional(),
    deny: plainText(PLAYGROUND_LIMITS.confirmButton).optional(),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();
