import { defaultSeed, type PlaygroundOptions, type PlaygroundSeed } from '../options.ts';
import type { PlaygroundAuthor, PlaygroundPerson } from '../protocol.ts';
import { type Announcer, createAnnouncer } from './announcer.ts';
import { type Channels, createChannels } from './channels.ts';
import { createFiles, createMessages, type Files, type Messages } from './messages.ts';
import { createResponseUrls, createTriggers, type ResponseUrls, type Triggers } from './permits.ts';
import { createViews, type Views } from './views.ts';

/** The app in the workspace. */
interface Bot {
  readonly appId: string;
  readonly botId: string;
  readonly userId: string;
  readonly name: string;
}

/** The workspace and all that happened in it. */
export interface Workspace {
  readonly now: () => Date;
  /** The next message timestamp; also used where Slack writes times in that form. */
  readonly nextTs: () => string;
  readonly newId: (prefix: string) => string;
  /** Text that cannot be guessed. */
  readonly newSecret: () => string;
  readonly team: PlaygroundSeed['team'];
  readonly bot: Bot;
  readonly people: readonly PlaygroundPerson[];
  /** By id, name or `@name`. */
  person(name: string): PlaygroundPerson | undefined;
  readonly announcer: Announcer;
  readonly channels: Channels;
  readonly messages: Messages;
  readonly views: Views;
  readonly files: Files;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
}

/** Creates the workspace of the options' seed. */
export function createWorkspace(options: PlaygroundOptions): Workspace {
  const seed = options.seed ?? defaultSeed;
  const announcer = createAnnouncer();
  const nextTs = createTimestamps(options.now);
  const newId = (prefix: string) => `${prefix}${options.newId().toUpperCase().replaceAll('-', '')}`;
  return {
    now: options.now,
    nextTs,
    newId,
    newSecret: options.newSecret,
    team: seed.team,
    bot: { appId: 'A0FLOWLOG', botId: 'B0FLOWLOG', userId: 'U0FLOWLOG', name: options.botName ?? 'flowlog' },
    people: seed.people,
    person: (name) =>
      seed.people.find((person) => person.id === name || person.name === name.replace(/^@/, '')),
    announcer,
    channels: createChannels(seed, announcer),
    messages: createMessages(nextTs, announcer),
    views: createViews(announcer),
    files: createFiles(),
    triggers: createTriggers(options.now, options.newId),
    responseUrls: createResponseUrls(options.now, options.newSecret),
  };
}

/** The author of the app's messages. */
export function botAuthor(workspace: Workspace): PlaygroundAuthor {
  return { kind: 'bot', id: workspace.bot.userId, name: workspace.bot.name };
}

/** The author of Slack's own notes. */
export const slackAuthor: PlaygroundAuthor = { kind: 'slack', id: 'USLACKBOT', name: 'Slackbot' };

/** Creates message timestamps: seconds and microseconds, never the same twice even on a stopped clock. */
function createTimestamps(now: () => Date): () => string {
  let lastMicros = 0;
  return () => {
    lastMicros = Math.max(now().getTime() * 1000, lastMicros + 1);
    const seconds = Math.floor(lastMicros / 1_000_000);
    return `${seconds}.${String(lastMicros % 1_000_000).padStart(6, '0')}`;
  };
}
