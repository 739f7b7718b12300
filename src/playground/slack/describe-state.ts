import type { PlaygroundOptions } from './options.ts';
import type { PlaygroundState } from './protocol.ts';
import type { World } from './world/world.ts';

/** Creates the function that says everything one person sees. */
export function createStateDescriber(world: World, options: PlaygroundOptions, sockets: () => number | null) {
  return function describeState(person: string): PlaygroundState {
    const channels = world.channels.all().filter((channel) => channel.members.includes(person));
    return {
      team: world.team.name,
      bot: { id: world.bot.userId, name: world.bot.name },
      command: {
        name: options.command ?? defaultCommand,
        description: options.commandDescription ?? 'Ask the app a question',
        usageHint: options.usageHint ?? '[a question]',
      },
      people: world.people,
      me: person,
      channels,
      messages: channels.flatMap((channel) => world.messages.list(channel.id, { person })),
      view: world.views.top(person) ?? null,
      suggestions: options.suggestions ?? [],
      shortcuts: options.shortcuts ?? [],
      sockets: sockets(),
    };
  };
}

/** The command unless the options name another. */
export const defaultCommand = '/flowlog';
