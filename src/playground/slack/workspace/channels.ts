import type { PlaygroundSeed } from '../options.ts';
import type { PlaygroundChannel } from '../protocol.ts';
import type { Announcer } from './announcer.ts';

/** The channels, and the direct messages that each person has with the app. */
export interface Channels {
  all(): readonly PlaygroundChannel[];
  /** By id, `#name`, plain name; a direct message by `@ana` or by the person's id. */
  find(name: string): PlaygroundChannel | undefined;
  addBot(id: string): void;
}

/** Creates the channels of a seed. */
export function createChannels(seed: PlaygroundSeed, announcer: Announcer): Channels {
  const channels = new Map(seededChannels(seed).map((channel) => [channel.id, channel]));
  return {
    all: () => [...channels.values()],
    find(name) {
      const person = seed.people.find((one) => one.id === name || `@${one.name}` === name);
      if (person) return channels.get(directMessageId(person.id));
      return (
        channels.get(name) ??
        [...channels.values()].find((channel) => channel.name === name.replace(/^#/, ''))
      );
    },
    addBot(id) {
      const channel = channels.get(id);
      if (!channel) return;
      const joined = { ...channel, botIsMember: true };
      channels.set(id, joined);
      announcer.announce({ type: 'channel', channel: joined });
    },
  };
}

function seededChannels(seed: PlaygroundSeed): readonly PlaygroundChannel[] {
  const everyone = seed.people.map((person) => person.name);
  const idOf = (name: string) => seed.people.find((person) => person.name === name)?.id ?? name;
  const rooms = seed.channels.map((channel) => ({
    id: channel.id,
    name: channel.name,
    kind: channel.kind,
    members: (channel.members ?? everyone).map(idOf),
    botIsMember: channel.botIsMember,
    archived: channel.archived ?? false,
  }));
  const directMessages = seed.people.map((person) => ({
    id: directMessageId(person.id),
    name: `@${person.name}`,
    kind: 'dm' as const,
    members: [person.id],
    botIsMember: true,
    archived: false,
  }));
  return [...rooms, ...directMessages];
}

function directMessageId(personId: string): string {
  return `D${personId.slice(1)}`;
}
