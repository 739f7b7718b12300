import type {
  PlaygroundName,
  PlaygroundPerson,
  PlaygroundShortcut,
  PlaygroundSuggestion,
} from './protocol.ts';

/** A channel of the seeded workspace; `members` are names of people, absent means all. */
interface SeedChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private';
  readonly botIsMember: boolean;
  readonly archived?: boolean;
  readonly members?: readonly string[];
}

/** The workspace at the start. */
export interface PlaygroundSeed {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly people: readonly PlaygroundPerson[];
  readonly channels: readonly SeedChannel[];
}

/** A message that is there when the workspace opens, from an app that is not the one that is played with. */
export interface OpeningMessage {
  /** The name of a channel of the seed. */
  readonly channel: string;
  /** What the app that posted it is called. */
  readonly author: string;
  readonly text: string;
}

/** Settings of a playground; only tokens, scopes, time and chance have no default. */
export interface PlaygroundOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Must be a loopback address; default `127.0.0.1`. */
  readonly host?: string;
  readonly now: () => Date;
  /** Short text that is never the same twice, for ids: `randomBytes(5).toString('hex')`. */
  readonly newId: () => string;
  /**
   * Text that cannot be guessed, never the same twice: the token of the page, and addresses that work for
   * anyone who has them. `randomBytes(16).toString('hex')`.
   */
  readonly newSecret: () => string;
  /** `xoxb-…`, for every method but `apps.connections.open`. */
  readonly botToken: string;
  /** `xapp-…`, for `apps.connections.open` alone. */
  readonly appToken: string;
  /** Signs what is sent to `requestUrl`. */
  readonly signingSecret?: string;
  /** HTTP mode: events, commands and interactions are posted here, signed, instead of to sockets. */
  readonly requestUrl?: string;
  /** What the bot was granted; a method without its scope answers `missing_scope`. */
  readonly scopes: readonly string[];
  /** Default `/flowlog`. */
  readonly command?: string;
  readonly commandDescription?: string;
  readonly usageHint?: string;
  /** Default `flowlog`. */
  readonly botName?: string;
  readonly seed?: PlaygroundSeed;
  /** Posted once, in their order. */
  readonly opening?: readonly OpeningMessage[];
  readonly suggestions?: readonly PlaygroundSuggestion[];
  /** What the machines that can be asked about are called. */
  readonly names?: readonly PlaygroundName[];
  readonly shortcuts?: readonly PlaygroundShortcut[];
  /** Default `LIMITS.ackMs`; shorter in tests of a late app. */
  readonly ackMs?: number;
  /** When an event that was not acknowledged is sent again. Default `PLAYGROUND_LIMITS.eventRetryMs`. */
  readonly eventRetryMs?: readonly number[];
}

/** The command unless the options name another. */
export const defaultCommand = '/flowlog';

/** Acme: one channel with the app, one without, one hidden from it, and an archived one; three people in three time zones. */
export const defaultSeed: PlaygroundSeed = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  people: [
    { id: 'U0ANA', name: 'ana', realName: 'Ana Weber', tz: 'Europe/Berlin' },
    { id: 'U0BEN', name: 'ben', realName: 'Ben Carter', tz: 'America/New_York' },
    { id: 'U0KENJI', name: 'kenji', realName: 'Kenji Sato', tz: 'Asia/Tokyo' },
  ],
  channels: [
    { id: 'C0INCIDENT', name: 'incident-42', kind: 'public', botIsMember: true },
    { id: 'C0GENERAL', name: 'general', kind: 'public', botIsMember: false },
    { id: 'G0SECRET', name: 'secret', kind: 'private', botIsMember: false, members: ['ana', 'ben'] },
    { id: 'C0ARCHIVE', name: 'incident-41', kind: 'public', botIsMember: true, archived: true },
  ],
};
