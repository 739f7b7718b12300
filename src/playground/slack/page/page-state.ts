import type {
  PlaygroundChannel,
  PlaygroundEvent,
  PlaygroundMessage,
  PlaygroundPerson,
  PlaygroundState,
} from '../protocol.ts';

/** What the page shows now: everything that the server said, and where the person looks. */
export interface PageState {
  readonly playground: PlaygroundState;
  readonly channelId: string;
  /** The message whose thread is open. */
  readonly threadTs?: string | undefined;
  /** Channels with messages that were not looked at. */
  readonly unread: ReadonlySet<string>;
  /** The message that was added or changed last, so that it is drawn as such. */
  readonly latest?: { readonly ts: string; readonly kind: 'arrived' | 'changed' } | undefined;
}

/** What changes the page: something that happened, or the person who looks elsewhere. */
export type PageChange =
  | PlaygroundEvent
  | { readonly type: 'channel-opened'; readonly channel: string }
  | { readonly type: 'thread-opened'; readonly ts: string | undefined };

/** The page after a change; undefined until the server has sent its state for the first time. */
export function changePage(page: PageState | undefined, change: PageChange): PageState | undefined {
  if (!page) return change.type === 'state' ? openPage(change.state, location.pathname) : undefined;
  switch (change.type) {
    case 'channel-opened': {
      const unread = new Set([...page.unread].filter((id) => id !== change.channel));
      return { ...page, channelId: change.channel, threadTs: undefined, unread };
    }
    case 'thread-opened':
      return { ...page, threadTs: change.ts };
    case 'state':
      return withState(page, change.state);
    case 'message':
      return withMessage(page, change.message);
    default:
      return { ...page, playground: changeState(page.playground, change) };
  }
}

/** The first state; an address of a message (`/archives/<channel>/p<digits of its ts>`) opens its thread. */
function openPage(playground: PlaygroundState, path: string): PageState {
  const [, linked, stamp] = /^\/archives\/(\w+)\/p(\d+)/.exec(path) ?? [];
  const channelId = linked ?? playground.channels[0]?.id ?? '';
  const ts = stamp && `${stamp.slice(0, -6)}.${stamp.slice(-6)}`;
  const message = playground.messages.find((one) => one.channel === channelId && one.ts === ts);
  return { playground, channelId, threadTs: message && (message.threadTs ?? message.ts), unread: new Set() };
}

/** The whole state again: after the connection was lost, or for another person, who may not see the open channel. */
function withState(page: PageState, playground: PlaygroundState): PageState {
  const seen = playground.channels.some((channel) => channel.id === page.channelId);
  const place = seen ? {} : { channelId: playground.channels[0]?.id ?? '', threadTs: undefined };
  return { ...page, ...place, playground, latest: undefined };
}

function withMessage(page: PageState, message: PlaygroundMessage): PageState {
  const { messages } = page.playground;
  const index = messages.findIndex((one) => one.channel === message.channel && one.ts === message.ts);
  const next = index < 0 ? [...messages, message] : messages.with(index, message);
  return {
    ...page,
    playground: { ...page.playground, messages: next },
    unread: message.channel === page.channelId ? page.unread : new Set([...page.unread, message.channel]),
    latest: { ts: message.ts, kind: index < 0 ? 'arrived' : 'changed' },
  };
}

function changeState(
  state: PlaygroundState,
  event: Exclude<PlaygroundEvent, { type: 'state' | 'message' }>,
): PlaygroundState {
  switch (event.type) {
    case 'gone': {
      const stays = (one: PlaygroundMessage) => one.channel !== event.channel || one.ts !== event.ts;
      return { ...state, messages: state.messages.filter(stays) };
    }
    case 'channel': {
      const { channel } = event;
      return { ...state, channels: state.channels.map((one) => (one.id === channel.id ? channel : one)) };
    }
    case 'view':
      return { ...state, view: event.view };
    case 'sockets':
      return state.sockets === null ? state : { ...state, sockets: event.sockets };
  }
}

/** Who the page is. */
export function personOf({ playground }: PageState): PlaygroundPerson {
  return mustHave(playground.people.find((person) => person.id === playground.me));
}

/** The open channel. */
export function channelOf({ playground, channelId }: PageState): PlaygroundChannel {
  return mustHave(playground.channels.find((one) => one.id === channelId) ?? playground.channels[0]);
}

/** Messages of the open channel: single ones, and those that threads began with. */
export function channelMessages(page: PageState): readonly PlaygroundMessage[] {
  return inChannel(page).filter((message) => !message.threadTs || message.broadcast);
}

/** A message of the open channel, and its replies. */
export function threadMessages(page: PageState, ts: string): readonly PlaygroundMessage[] {
  return inChannel(page).filter((message) => message.ts === ts || message.threadTs === ts);
}

function inChannel({ playground, channelId }: PageState): readonly PlaygroundMessage[] {
  return playground.messages.filter((message) => message.channel === channelId);
}

function mustHave<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the playground has no person, or no channel, to show');
  return value;
}
