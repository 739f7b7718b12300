import { z } from 'zod';
import { DESK_LIMITS } from '../../desk-limits.ts';
import { mrkdwn, plainText } from './text-objects.ts';

const rest = {
  value: z.string().max(DESK_LIMITS.optionValue).optional(),
  url: z.string().max(DESK_LIMITS.buttonUrl).optional(),
  description: plainText(DESK_LIMITS.optionDescription).optional(),
};

/** A choice of a select or an overflow menu. */
export const plainOption = z.strictObject({ text: plainText(DESK_LIMITS.optionText), ...rest });

/** A choice of radio buttons or checkboxes, which may use markup. */
export const markupOption = z.strictObject({
  text: z.discriminatedUnion('type', [plainText(DESK_LIMITS.optionText), mrkdwn(DESK_LIMITS.optionText)]),
  ...rest,
});

/** Choices under headings. */
export const optionGroups = z
  .array(
    z.strictObject({
      label: plainText(DESK_LIMITS.optionText),
      options: z.array(plainOption).min(1).max(DESK_LIMITS.selectOptions),
    }),
  )
  .min(1)
  .max(DESK_LIMITS.optionGroups);

/** The question before an element does something. */
export const confirm = z
  .strictObject({
    title: plainText(DESK_LIMITS.confirmTitle).optional(),
    text: z.discriminatedUnion('type', [plainText(DESK_LIMITS.confirmText), mrkdwn(DESK_LIMITS.confirmText)]),
    confirm: plainText(DESK_LIMITS.confirmButton).optional(),
    deny: plainText(DESK_LIMITS.confirmButton).optional(),
    style: z.enum(['primary', 'danger']).optional(),
  })
  .optional();
