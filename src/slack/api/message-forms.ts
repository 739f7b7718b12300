import type { Block, Message, Modal } from '../../render/blocks/block-types.ts';
import { type Mark, metadataOf } from './find-posted.ts';
import { refusesForm } from './slack-refusal.ts';

/** The form that Slack took, and its reply. */
interface SentForm<F extends Message, T> {
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
): Promise<SentForm<F, T>> {
  const [form, ...plainer] = forms;
  if (form === undefined) throw new Error('a message needs at least one form');
  try {
    return { form, reply: await send(form) };
  } catch (error) {
    if (plainer.length === 0 || !refusesForm(error)) throw error;
    return tryForms(plainer, send);
  }
}

/** A message, and its text alone. */
export function bothForms(message: Message): readonly Message[] {
  return [message, { text: message.text, blocks: [] }];
}

/** With each message, so that Slack neither looks up names in it nor links or unfurls anything. */
const LITERAL = { parse: 'none', link_names: false } as const;
const NOT_UNFURLED = { unfurl_links: false, unfurl_media: false } as const;

/** A message as Slack's methods take it. Blocks are always given: an update without them would keep the old ones. */
export function messageArguments({
  text,
  blocks,
}: Message): { text: string; blocks: Block[] } & typeof LITERAL {
  return { text, blocks: [...blocks], ...LITERAL };
}

/** A message for `chat.postMessage`, in a thread when there is one, with the mark by which it is found again. */
export function postArguments(message: Message, threadTs: string | undefined, mark?: Mark) {
  return {
    ...messageArguments(message),
    ...(mark === undefined ? {} : { metadata: metadataOf(mark) }),
    ...NOT_UNFURLED,
    ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
  };
}

/** A modal as Slack's methods take it. */
export function viewArguments({ blocks, ...modal }: Modal): Omit<Modal, 'blocks'> & { blocks: Block[] } {
  return { ...modal, blocks: [...blocks] };
}
