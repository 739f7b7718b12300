import type { MessageFilter } from '../desk.ts';
import { DESK_LIMITS } from '../desk-limits.ts';
import type { DeskMessage } from '../protocol.ts';
import type { Announcer } from './announcer.ts';
import { createRecent } from './recent.ts';

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

/** Creates an empty history, which keeps the newest messages. */
export function createMessages(nextTs: () => string, announcer: Announcer): Messages {
  const messages = createRecent<DeskMessage>(DESK_LIMITS.rememberedMessages);
  const keyOf = (message: Pick<DeskMessage, 'channel' | 'ts'>) => `${message.channel}/${message.ts}`;
  function gone({ channel, ts, onlyFor }: DeskMessage): void {
    announcer.announce({ type: 'gone', channel, ts }, onlyFor);
  }
  function put(message: DeskMessage): DeskMessage {
    for (const old of messages.put(keyOf(message), message)) gone(old);
    announcer.announce({ type: 'message', message }, message.onlyFor);
    return message;
  }
  return {
    add: (draft) => put({ files: [], blocks: [], broadcast: false, ...draft, ts: nextTs(), edited: false }),
    change: (message, change) => put({ ...message, ...change, edited: true }),
    remove(message) {
      messages.delete(keyOf(message));
      gone(message);
    },
    find: (channel, ts) => messages.get(`${channel}/${ts}`),
    list: (channel, filter = {}) =>
      messages.values().filter((message) => message.channel === channel && passes(message, filter)),
  };
}

function passes(message: DeskMessage, filter: MessageFilter): boolean {
  if (filter.person && message.onlyFor && message.onlyFor !== filter.person) return false;
  if (!filter.threadTs) return true;
  return message.ts === filter.threadTs || message.threadTs === filter.threadTs;
}
