import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { PlaygroundChannel, PlaygroundPerson, PlaygroundState, Reaction } from '../protocol.ts';
import { formatDateTokens } from './format.ts';
import type { PageChange, PageState } from './page-state.ts';
import type { Actions } from './server.ts';

/** Writes the names and times for the mentions in a text. */
export interface MentionWriter {
  user(id: string): string;
  channel(id: string): string;
  time(timestampSeconds: number, format: string): string;
}

/** The state and actions that every part of the page shares. */
export interface Page {
  readonly state: PageState;
  readonly me: PlaygroundPerson;
  readonly channel: PlaygroundChannel;
  readonly names: MentionWriter;
  readonly actions: Actions;
  /** Opens a channel or a thread. */
  open(change: PageChange): void;
  /** Becomes another person. */
  become(person: string): void;
  /** Says so if the app did not take what the person did. */
  report(reaction: Reaction): void;
}

/** Gives the page to its parts. */
export const PageContext = createContext<Page | undefined>(undefined);

/** The page, for a part of it. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('a part of the page was drawn outside it');
  return page;
}

/** Names behind ids, and times in the zone of the person. */
export function mentionWriter({ bot, people, channels }: PlaygroundState, zone: string): MentionWriter {
  return {
    user: (id) => (id === bot.id ? bot.name : (people.find((person) => person.id === id)?.name ?? id)),
    channel: (id) => channels.find((channel) => channel.id === id)?.name ?? id,
    time: (seconds, format) => formatDateTokens(seconds, format, zone),
  };
}
