import type { SlackBlock } from './blocks/block.ts';

/** The protocol between the playground's server and its page. Types only: the page imports this file too. */

/** A person of the workspace, whom the page can act for. */
export interface PlaygroundPerson {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  /** IANA name, as in `users.info`. */
  readonly tz: string;
  /** The workspace that the person is of, when it is another one: external, in shared channels. */
  readonly team?: string;
  /** Slack calls guests restricted, and those of a single channel ultra-restricted. */
  readonly guest?: 'of-channels' | 'of-one-channel';
}

/** A channel or a direct message with the app. */
export interface PlaygroundChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'dm';
  readonly members: readonly string[];
  readonly botIsMember: boolean;
  readonly archived: boolean;
}

/** A file that was shared in a message; its bytes are at `url`. */
export interface PlaygroundFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly sizeBytes: number;
  readonly url: string;
}

/** The author of a message: a person, the app, or Slack itself. */
export interface PlaygroundAuthor {
  readonly kind: 'person' | 'bot' | 'slack';
  readonly id: string;
  readonly name: string;
}

/** A message in its current version. */
export interface PlaygroundMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs?: string;
  readonly author: PlaygroundAuthor;
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
  readonly files: readonly PlaygroundFile[];
  readonly edited: boolean;
  /** A reply that is shown in the channel as well. */
  readonly broadcast: boolean;
  /** The person who alone sees it (“Only visible to you”). */
  readonly onlyFor?: string;
  readonly metadata?: unknown;
}

/** A modal on a person's screen. */
export interface PlaygroundView {
  readonly id: string;
  readonly hash: string;
  readonly callbackId: string;
  readonly title: string;
  readonly submit?: string;
  readonly close: string;
  readonly blocks: readonly SlackBlock[];
  readonly privateMetadata: string;
  readonly externalId: string;
  readonly notifyOnClose: boolean;
  /** By block id: what the app, or Slack, found wrong with the last submission. */
  readonly errors: Readonly<Record<string, string>>;
}

/** A line to try, shown as a chip. */
export interface PlaygroundSuggestion {
  readonly label: string;
  readonly text: string;
}

/** An entry of the menu on a message (`message`) or of the composer (`global`). */
export interface PlaygroundShortcut {
  readonly callbackId: string;
  readonly name: string;
  readonly type: 'message' | 'global';
}

/** What an address is called. */
export interface PlaygroundName {
  readonly name: string;
  readonly address: string;
}

/** Everything one person sees. */
export interface PlaygroundState {
  readonly team: string;
  readonly bot: { readonly id: string; readonly name: string };
  readonly command: { readonly name: string; readonly description: string; readonly usageHint: string };
  readonly people: readonly PlaygroundPerson[];
  readonly me: string;
  readonly channels: readonly PlaygroundChannel[];
  readonly messages: readonly PlaygroundMessage[];
  readonly view: PlaygroundView | null;
  readonly suggestions: readonly PlaygroundSuggestion[];
  /** What machines are called: the box completes a name to the address that a line takes. */
  readonly names?: readonly PlaygroundName[];
  readonly shortcuts: readonly PlaygroundShortcut[];
  /** How many sockets of the app are open; `null` when events go to a request URL. */
  readonly sockets: number | null;
}

/** One change, as it is sent to the page. */
export type PlaygroundEvent =
  | { readonly type: 'state'; readonly state: PlaygroundState }
  | { readonly type: 'message'; readonly message: PlaygroundMessage }
  | { readonly type: 'gone'; readonly channel: string; readonly ts: string }
  | { readonly type: 'channel'; readonly channel: PlaygroundChannel }
  | { readonly type: 'view'; readonly view: PlaygroundView | null }
  | { readonly type: 'sockets'; readonly sockets: number };

/** How the app took what a person did. */
export type Reaction =
  | { readonly outcome: 'acked' }
  /** Nothing had to reach the app. */
  | { readonly outcome: 'done' }
  /** Slack itself refused, for this reason; `noted` where the channel shows the reason already. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly noted?: true }
  /** The app did not acknowledge in time, is not connected, or answered with an error. */
  | { readonly outcome: 'failed'; readonly error: string };

/** What a person typed into the box. */
export interface TypedLine {
  readonly person: string;
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
}

/** A press on an element of a message or of the open modal. */
export interface Press {
  readonly person: string;
  /** Absent for an element of the open modal. */
  readonly channel?: string;
  readonly ts?: string;
  readonly blockId?: string;
  readonly actionId: string;
  /** What the other fields of the modal hold at that moment. */
  readonly values?: FormValues;
}

/** By block id, then action id: what a person filled in. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, FormValue>>>>;

/** Text of a field, or nothing. */
export type FormValue = string | null;

/** A modal sent off. */
export interface Submission {
  readonly person: string;
  readonly values: FormValues;
}

/** An entry of a menu that was picked. */
export interface PickedShortcut {
  readonly person: string;
  readonly callbackId: string;
  readonly channel?: string;
  readonly ts?: string;
}
