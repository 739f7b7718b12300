import type {
  PlaygroundChannel,
  PlaygroundEvent,
  PlaygroundMessage,
  PlaygroundPerson,
  PlaygroundState,
} from '../../protocol.ts';

/** What the page shows now: the desk's state, and where the person looks. */
export interface PageStore {
  state(): PlaygroundState;
  me(): PlaygroundPerson;
  channel(): PlaygroundChannel;
  threadTs(): string | undefined;
  message(channel: string, ts: string): PlaygroundMessage | undefined;
  /** Messages of the open channel: parents and single messages. */
  channelMessages(): readonly PlaygroundMessage[];
  /** The parent and the replies of a thread of the open channel. */
  thread(ts: string): readonly PlaygroundMessage[];
  isUnread(channel: string): boolean;
  openChannel(id: string): void;
  openThread(ts: string | undefined): void;
  /** Takes in what the server says. */
  hear(event: PlaygroundEvent): void;
  listen(listener: (event: PageEvent) => void): void;
}

/** What changed on the page: something the server said, or where the person looks. */
export type PageEvent =
  | PlaygroundEvent
  | { readonly type: 'channel-opened' }
  | { readonly type: 'thread-opened' };

/** Creates the store from the first state that the server sent. */
export function createPageStore(first: PlaygroundState, firstChannel: string | undefined): PageStore {
  let state = first;
  let channelId = firstChannel ?? first.channels[0]?.id ?? '';
  let threadTs: string | undefined;
  const unread = new Set<string>();
  const listeners: ((event: PageEvent) => void)[] = [];
  const tell = (event: PageEvent) => {
    for (const listener of listeners) listener(event);
  };
  const inChannel = () => state.messages.filter((message) => message.channel === channelId);

  return {
    state: () => state,
    me: () => required(state.people.find((person) => person.id === state.me)),
    channel: () => required(state.channels.find((channel) => channel.id === channelId) ?? state.channels[0]),
    threadTs: () => threadTs,
    message: (channel, ts) => state.messages.find((one) => one.channel === channel && one.ts === ts),
    channelMessages: () => inChannel().filter((message) => !message.threadTs || message.broadcast),
    thread: (ts) => inChannel().filter((message) => message.ts === ts || message.threadTs === ts),
    isUnread: (channel) => unread.has(channel),
    openChannel(id) {
      channelId = id;
      threadTs = undefined;
      unread.delete(id);
      tell({ type: 'channel-opened' });
    },
    openThread(ts) {
      threadTs = ts;
      tell({ type: 'thread-opened' });
    },
    hear(event) {
      state = applyEvent(state, event);
      if (!state.channels.some((channel) => channel.id === channelId)) {
        // Somebody else sits down, and is not in the channel that was open.
        channelId = state.channels[0]?.id ?? '';
        threadTs = undefined;
      }
      if (event.type === 'message' && event.message.channel !== channelId) unread.add(event.message.channel);
      tell(event);
    },
    listen: (listener) => void listeners.push(listener),
  };
}

function applyEvent(state: PlaygroundState, event: PlaygroundEvent): PlaygroundState {
  switch (event.type) {
    case 'state':
      return event.state;
    case 'message':
      return { ...state, messages: putMessage(state.messages, event.message) };
    case 'gone': {
      const stays = (one: PlaygroundMessage) => one.channel !== event.channel || one.ts !== event.ts;
      return { ...state, messages: state.messages.filter(stays) };
    }
    case 'channel':
      return {
        ...state,
        channels: state.channels.map((one) => (one.id === event.channel.id ? event.channel : one)),
      };
    case 'view':
      return { ...state, view: event.view };
    case 'sockets':
      return state.sockets === null ? state : { ...state, sockets: event.sockets };
  }
}

function putMessage(
  messages: readonly PlaygroundMessage[],
  message: PlaygroundMessage,
): readonly PlaygroundMessage[] {
  const index = messages.findIndex((one) => one.channel === message.channel && one.ts === message.ts);
  return index < 0 ? [...messages, message] : messages.with(index, message);
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the desk has nobody, or no channel, to show');
  return value;
}
