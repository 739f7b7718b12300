import type { Modal } from '../blocks/block-types.ts';
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

/** What cannot be undone is confirmed by typing, so that a slip of the thumb does not do it. */
const CONFIRMING = {
  title: 'Confirm for good',
  submit: 'Do it',
  label: 'Type the word that the plan asks for after this line',
  hint: 'The plan shows the word. What is deleted cannot be brought back.',
} as const;

/** The form in which a line is changed and asked; `metadata` comes back with it and says where the answer goes. */
export function lineForm(line: string, metadata: string): Modal {
  const words = line.startsWith('confirm ') ? CONFIRMING : ASKING;
  return {
    type: 'modal',
    callback_id: LINE_FORM.callbackId,
    private_metadata: metadata,
    title: plainTextObject(words.title),
    submit: plainTextObject(words.submit),
    close: plainTextObject('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: LINE_FORM.blockId,
        label: plainTextObject(words.label),
        hint: plainTextObject(words.hint),
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
