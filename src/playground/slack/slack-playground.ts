import type { Faults } from './faults.ts';
import type {
  PickedShortcut,
  PlaygroundChannel,
  PlaygroundFile,
  PlaygroundMessage,
  PlaygroundView,
  Press,
  Reaction,
  Submission,
  TypedLine,
} from './protocol.ts';
import type { RecordedCall } from './web-api/api-method.ts';
import type { MessageFilter } from './workspace/messages.ts';

/**
 * A running playground, driven by a test as a person would drive the page: the page's own requests call the same functions.
 * People and channels are given by id or by name (`ana`, `#incident-42`); a direct message with the app is `@ana`.
 */
export interface SlackPlayground {
  /** The page, with its token: what a person opens, once. */
  readonly url: string;
  /** The same without the token, which a program shows in the header `x-playground-token`. Ends with `/`. */
  readonly address: string;
  readonly token: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly slackApiUrl: string;
  readonly faults: Faults;
  /** Every Web API call so far, oldest first, with its answer and without its token. */
  readonly calls: readonly RecordedCall[];
  /** Types a line: a command, a mention, `/invite @flowlog`, or plain text. */
  type(line: TypedLine): Promise<Reaction>;
  /** Presses a button. */
  click(press: Press): Promise<Reaction>;
  /** Sends the open modal off, filled in; fields that are not named keep their initial value. */
  submit(submission: Submission): Promise<Reaction>;
  /** Closes the open modal. */
  cancel(person: string): Promise<Reaction>;
  /** Picks a shortcut of a message, or a global one. */
  shortcut(picked: PickedShortcut): Promise<Reaction>;
  /** Messages in order of time; a parent message belongs to its thread. */
  messages(channel: string, filter?: MessageFilter): readonly PlaygroundMessage[];
  /** The channel as text, threads indented: what a person would read, for a test or a log. */
  transcript(channel: string, filter?: MessageFilter): string;
  /** The modal on top of this person's screen. */
  view(person: string): PlaygroundView | undefined;
  channel(name: string): PlaygroundChannel;
  /** The bytes of an uploaded file. */
  download(file: PlaygroundFile): Buffer;
  /** How many sockets of the app are open. */
  sockets(): number;
  /** Waits until `find` returns something, looking again at every change; fails with the transcripts after `timeoutMs`. */
  until<T>(find: () => T | undefined, timeoutMs?: number): Promise<T>;
  /** Ends all sockets, requests and timers. */
  stop(): Promise<void>;
}
