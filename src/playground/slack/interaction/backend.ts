import { LIMITS } from '../../../render/limits.ts';
import type { Ack, Delivery } from '../delivery/delivery.ts';
import type { EventSender } from '../delivery/event-sender.ts';
import type { PlaygroundChannel, PlaygroundPerson, Reaction } from '../protocol.ts';
import { slackAuthor, type World } from '../workspace/workspace.ts';

/** What people's deeds need: the workspace, and the ways to the app. */
export interface Stage {
  readonly world: World;
  readonly delivery: Delivery;
  readonly events: EventSender;
  readonly command: string;
  /** What the bot was granted: Slack sends no event and no command without its scope. */
  readonly scopes: readonly string[];
  readonly playgroundUrl: () => string;
}

/** Finds a person by name or id; nobody of that name is a mistake of the test or the page. */
export function requirePerson(stage: Stage, name: string): PlaygroundPerson {
  const person = stage.world.person(name);
  if (!person) throw new Error(`nobody is called ${JSON.stringify(name)}`);
  return person;
}

/** Finds a channel by name or id. */
export function requireChannel(stage: Stage, name: string): PlaygroundChannel {
  const channel = stage.world.channels.find(name);
  if (!channel) throw new Error(`there is no channel ${JSON.stringify(name)}`);
  return channel;
}

/** What every payload says about who did it, and where. */
export function describeActor(stage: Stage, person: PlaygroundPerson): Readonly<Record<string, unknown>> {
  const { team, bot } = stage.world;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: person.team ?? team.id },
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: bot.appId,
    token: 'playground',
  };
}

/** An address for a few late answers. */
export function responseUrl(stage: Stage, place: Parameters<World['responseUrls']['give']>[0]): string {
  return `${stage.playgroundUrl()}/response/${stage.world.responseUrls.give(place)}`;
}

/** A failure in the words of Slack's own error codes. */
export function reactionOf(ack: Ack): Reaction {
  if (ack.outcome === 'acked') return { outcome: 'acked' };
  return { outcome: 'failed', error: ack.outcome === 'timed_out' ? 'operation_timeout' : 'dispatch_failed' };
}

/** How long a text may be before Slack's box refuses it. */
export const longestLine = LIMITS.commandText;

/** Slack's own words to one person, such as “/flowlog is not supported in threads. Sorry!”. */
export function sayPrivately(
  world: World,
  note: {
    readonly person: string;
    readonly channel: string;
    readonly threadTs?: string;
    readonly text: string;
  },
): void {
  const { person, channel, threadTs, text } = note;
  world.messages.add({ channel, ...(threadTs && { threadTs }), author: slackAuthor, text, onlyFor: person });
}
