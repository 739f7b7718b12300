import type { Block, Message } from '../../render/blocks/block.ts';

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
