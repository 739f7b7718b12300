import type { Modal } from '../blocks/block-types.ts';
import type { Confirmation } from '../blocks/buttons.ts';
import { codeBlocks } from '../blocks/text-blocks.ts';
import { LIMITS } from '../limits.ts';
import { cut } from '../plain-text.ts';

/** The ids of the form and of its one field, which a submission carries. */
export const LINE_FORM = { callbackId: 'flowlog_line', blockId: 'line', actionId: 'line' } as const;

const ASKING = {
  title: 'Ask flow logs',
  submit: 'Ask',
  label: 'What do you want to know?',
  hint: 'The answer comes in the thread. `help` shows what can be asked.',
} as const;

/** The form in which a line is changed and asked; `metadata` comes back with it and says where the answer goes. */
export function lineForm(line: string, metadata: string): Modal {
  return {
    type: 'modal',
    callback_id: LINE_FORM.callbackId,
    private_metadata: metadata,
    title: plainTextObject(ASKING.title),
    submit: plainTextObject(ASKING.submit),
    close: plainTextObject('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: LINE_FORM.blockId,
        label: plainTextObject(ASKING.label),
        hint: plainTextObject(ASKING.hint),
        element: {
          type: 'plain_text_input',
          action_id: LINE_FORM.actionId,
          max_length: LIMITS.plainTextInput,
          placeholder: plainTextObject('to 10.0.1.5 port=443 last 1h'),
          ...(line === '' ? {} : { initial_value: cut(line, LIMITS.plainTextInput) }),
        },
      },
    ],
  };
}

/** The ids of the form for a word that confirms; its field is that of a line. */
export const CONFIRM_FORM = { callbackId: 'flowlog_confirm' } as const;

/**
 * The form in which a word is typed so that a slip of the thumb deletes nothing: it says what will be done, and its field is
 * empty. `metadata` comes back with it.
 */
export function confirmForm({ word, what }: Confirmation, metadata: string): Modal {
  return {
    type: 'modal',
    callback_id: CONFIRM_FORM.callbackId,
    private_metadata: metadata,
    title: plainTextObject('Confirm for good'),
    submit: plainTextObject('Do it'),
    close: plainTextObject('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: LINE_FORM.blockId,
        label: plainTextObject(cut(what, LIMITS.inputLabel)),
        hint: plainTextObject('What is deleted cannot be brought back.'),
        element: {
          type: 'plain_text_input',
          action_id: LINE_FORM.actionId,
          max_length: LIMITS.plainTextInput,
          placeholder: plainTextObject(cut(`Type ${word} to confirm`, LIMITS.placeholder)),
        },
      },
    ],
  };
}

/** Help as a view over the form; closing it leads back to the line. */
export function helpModal(text: string): Modal {
  return {
    type: 'modal',
    callback_id: 'flowlog_help',
    private_metadata: '',
    title: plainTextObject('What can be asked'),
    close: plainTextObject('Back'),
    blocks: codeBlocks(text),
  };
}

function plainTextObject(text: string) {
  return { type: 'plain_text' as const, text };
}
