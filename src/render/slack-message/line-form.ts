import type { Modal } from '../blocks/block.ts';
import { codeBlocks } from '../blocks/text-blocks.ts';
import { LIMITS } from '../limits.ts';
import { cut } from '../words/printable.ts';

/** The ids by which a submitted form and its one field are found again. */
export const LINE_FORM = { callbackId: 'flowlog_line', blockId: 'line', actionId: 'line' } as const;

/** The form in which a line is changed and asked; `metadata` comes back with it and says where the answer goes. */
export function lineForm(line: string, metadata: string): Modal {
  return {
    type: 'modal',
    callback_id: LINE_FORM.callbackId,
    private_metadata: metadata,
    title: plain('Ask flow logs'),
    submit: plain('Ask'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: LINE_FORM.blockId,
        label: plain('What do you want to know?'),
        hint: plain('The answer comes in the thread. `help` shows what can be asked.'),
        element: {
          type: 'plain_text_input',
          action_id: LINE_FORM.actionId,
          max_length: LIMITS.plainTextInput,
          placeholder: plain('to 10.0.1.5 port=443 last 1h'),
          ...(line === '' ? {} : { initial_value: cut(line, LIMITS.plainTextInput) }),
        },
      },
    ],
  };
}

/** Help over the form; closing it leads back to the line. */
export function helpModal(text: string): Modal {
  return {
    type: 'modal',
    callback_id: 'flowlog_help',
    private_metadata: '',
    title: plain('What can be asked'),
    close: plain('Back'),
    blocks: codeBlocks(text),
  };
}

function plain(text: string) {
  return { type: 'plain_text' as const, text };
}
