import type { Block, Message, Modal } from '../../render/blocks/block.ts';
import { refusesForm } from './slack-refusal.ts';

/** What was sent in the end, and what Slack said to it. */
export interface Taken<F extends Message, T> {
  readonly form: F;
  readonly reply: T;
}

/**
 * Sends the richest form that Slack takes. A refused block must never lose an answer: the last form has none.
 * @throws what `send` throws, unless it is about the form and a plainer one is left.
 */
export async function tryForms<F extends Message, T>(
  forms: readonly F[],
  send: (message: F) => Promise<T>,
): Promise<Taken<F, T>> {
  const [form, ...plainer] = forms;
  if (form === undefined) throw new Error('a message needs at least one form');
  try {
    return { form, reply: await send(form) };
  } catch (error) {
    if (plainer.length === 0 || !refusesForm(error)) throw error;
    return tryForms(plainer, send);
  }
}

/** A message, and the same in words alone. */
export function bothForms(message: Message): readonly Message[] {
  return [message, { text: message.text, blocks: [] }];
}

/** What goes with each message so that nothing in it is looked up, linked or unfolded by Slack. */
const LITERAL = { parse: 'none', link_names: false } as const;
const NOT_UNFOLDED = { unfurl_links: false, unfurl_media: false } as const;

/** A message as Slack's methods take it. Blocks are always given: an update without them would keep none of its own. */
export function messageArguments({
  text,
  blocks,
}: Message): { text: string; blocks: Block[] } & typeof LITERAL {
  return { text, blocks: [...blocks], ...LITERAL };
}

/** A message for `chat.postMessage`, in a thread when there is one. */
export function postArguments(message: Message, threadTs: string | undefined) {
  return {
    ...messageArguments(message),
    ...NOT_UNFOLDED,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  };
}

/** A modal as Slack's methods take it. */
export function viewArguments({ blocks, ...modal }: Modal): Omit<Modal, 'blocks'> & { blocks: Block[] } {
  return { ...modal, blocks: [...blocks] };
}
