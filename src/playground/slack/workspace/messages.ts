import { PLAYGROUND_LIMITS } from '../limits.ts';
import type { PlaygroundMessage } from '../protocol.ts';
import type { Announcer } from './announcer.ts';
import { createRecent } from './recent.ts';

/** A message before it has a time. */
type MessageDraft = Omit<PlaygroundMessage, 'ts' | 'edited' | 'files' | 'blocks' | 'broadcast'> &
  Partial<Pick<PlaygroundMessage, 'files' | 'blocks' | 'broadcast'>>;

/** Which messages of a channel: those of one thread, and those that one person alone sees. */
export interface MessageFilter {
  readonly threadTs?: string;
  /** Ephemeral messages of this person only. Without it, those of all are included. */
  readonly person?: string;
}

/** All messages. */
export interface Messages {
  add(draft: MessageDraft): PlaygroundMessage;
  change(
    message: PlaygroundMessage,
    change: Partial<Pick<PlaygroundMessage, 'text' | 'blocks' | 'metadata'>>,
  ): PlaygroundMessage;
  find(channel: string, ts: string): PlaygroundMessage | undefined;
  /** In order of time. */
  list(channel: string, filter?: MessageFilter): readonly PlaygroundMessage[];
}

/** Creates an empty history, which keeps the newest messages. */
export function createMessages(nextTs: () => string, announcer: Announcer): Messages {
  const messages = createRecent<PlaygroundMessage>(PLAYGROUND_LIMITS.rememberedMessages);
  function put(message: PlaygroundMessage): PlaygroundMessage {
    for (const { channel, ts, onlyFor } of messages.put(`${message.channel}/${message.ts}`, message))
      announcer.announce({ type: 'gone', channel, ts }, onlyFor);
    announcer.announce({ type: 'message', message }, message.onlyFor);
    return message;
  }
  return {
    add: (draft) => put({ files: [], blocks: [], broadcast: false, ...draft, ts: nextTs(), edited: false }),
    change: (message, change) => put({ ...message, ...change, edited: true }),
    find: (channel, ts) => messages.get(`${channel}/${ts}`),
    list: (channel, filter = {}) =>
      messages.values().filter((message) => message.channel === channel && passes(message, filter)),
  };
}

function passes(message: PlaygroundMessage, filter: MessageFilter): boolean {
  if (filter.person && message.onlyFor && message.onlyFor !== filter.person) return false;
  if (!filter.threadTs) return true;
  return message.ts === filter.threadTs || message.threadTs === filter.threadTs;
}

/** A file on its way: first a name and a length, then bytes, then a message that shares it. */
interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly declaredBytes: number;
  readonly content?: Buffer;
  readonly shared: boolean;
}

/** The files that were announced, uploaded or shared. */
export interface Files {
  put(file: StoredFile): void;
  find(id: string): StoredFile | undefined;
}

/** Creates an empty store, which keeps the newest files. */
export function createFiles(): Files {
  const { rememberedFiles, rememberedFileBytes } = PLAYGROUND_LIMITS;
  const files = createRecent<StoredFile>(
    rememberedFiles,
    rememberedFileBytes,
    ({ content }) => content?.length ?? 0,
  );
  return { put: (file) => void files.put(file.id, file), find: (id) => files.get(id) };
}
