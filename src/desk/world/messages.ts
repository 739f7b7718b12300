import type { MessageFilter } from '../desk.ts';
import type { DeskMessage } from '../protocol.ts';
import type { Announcer } from './announcer.ts';

/** A message before it has a time. */
export type MessageDraft = Omit<DeskMessage, 'ts' | 'edited' | 'files' | 'blocks' | 'broadcast'> &
  Partial<Pick<DeskMessage, 'files' | 'blocks' | 'broadcast'>>;

/** Everything that was said. */
export interface Messages {
  add(draft: MessageDraft): DeskMessage;
  change(
    message: DeskMessage,
    change: Partial<Pick<DeskMessage, 'text' | 'blocks' | 'metadata'>>,
  ): DeskMessage;
  remove(message: DeskMessage): void;
  find(channel: string, ts: string): DeskMessage | undefined;
  /** In order of time. */
  list(channel: string, filter?: MessageFilter): readonly DeskMessage[];
}

/** Creates an empty history. */
export function createMessages(nextTs: () => string, announcer: Announcer): Messages {
  const messages = new Map<string, DeskMessage>();
  const keyOf = (message: Pick<DeskMessage, 'channel' | 'ts'>) => `${message.channel}/${message.ts}`;
  function put(message: DeskMessage): DeskMessage {
    messages.set(keyOf(message), message);
    announcer.announce({ type: 'message', message }, message.onlyFor);
    return message;
  }
  return {
    add: (draft) => put({ files: [], blocks: [], broadcast: false, ...draft, ts: nextTs(), edited: false }),
    change: (message, change) => put({ ...message, ...change, edited: true }),
    remove(message) {
      messages.delete(keyOf(message));
      announcer.announce({ type: 'gone', channel: message.channel, ts: message.ts }, message.onlyFor);
    },
    find: (channel, ts) => messages.get(`${channel}/${ts}`),
    list: (channel, filter = {}) =>
      [...messages.values()].filter((message) => message.channel === channel && passes(message, filter)),
  };
}

function passes(message: DeskMessage, filter: MessageFilter): boolean {
  if (filter.person && message.onlyFor && message.onlyFor !== filter.person) return false;
  if (!filter.threadTs) return true;
  return message.ts === filter.threadTs || message.threadTs === filter.threadTs;
}
