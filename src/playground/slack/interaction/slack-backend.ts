import { LIMITS } from '../../../render/limits.ts';
import type { Ack, Delivery } from '../delivery/delivery.ts';
import type { EventSender } from '../delivery/event-sender.ts';
import type { PlaygroundChannel, PlaygroundPerson, Reaction } from '../protocol.ts';
import { slackAuthor, type Workspace } from '../workspace/workspace.ts';

/** The workspace, and the ways to the app. */
export interface SlackBackend {
  readonly workspace: Workspace;
  readonly delivery: Delivery;
  readonly events: EventSender;
  readonly command: string;
  /** What the bot was granted: Slack sends no event and no command without its scope. */
  readonly scopes: readonly string[];
  readonly playgroundUrl: () => string;
}

/** Finds a person by name or id; an unknown name is a mistake of the test or the page. */
export function requirePerson(backend: SlackBackend, name: string): PlaygroundPerson {
  const person = backend.workspace.person(name);
  if (!person) throw new Error(`there is no person ${JSON.stringify(name)}`);
  return person;
}

/** Finds a channel by name or id. */
export function requireChannel(backend: SlackBackend, name: string): PlaygroundChannel {
  const channel = backend.workspace.channels.find(name);
  if (!channel) throw new Error(`there is no channel ${JSON.stringify(name)}`);
  return channel;
}

/** The fields of every payload about the person and the workspace. */
export function describeActor(
  backend: SlackBackend,
  person: PlaygroundPerson,
): Readonly<Record<string, unknown>> {
  const { team, bot } = backend.workspace;
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
export function responseUrl(
  backend: SlackBackend,
  place: Parameters<Workspace['responseUrls']['give']>[0],
): string {
  return `${backend.playgroundUrl()}/response/${backend.workspace.responseUrls.give(place)}`;
}

/** A failure with Slack's own error code. */
export function reactionOf(ack: Ack): Reaction {
  if (ack.outcome === 'acked') return { outcome: 'acked' };
  return { outcome: 'failed', error: ack.outcome === 'timed_out' ? 'operation_timeout' : 'dispatch_failed' };
}

/** How long a text may be before Slack's composer refuses it. */
export const longestLine = LIMITS.commandText;

/** Posts a note of Slack itself to one person, such as “/flowlog is not supported in threads. Sorry!”. */
export function postSlackNote(
  workspace: Workspace,
  note: {
    readonly person: string;
    readonly channel: string;
    readonly threadTs?: string;
    readonly text: string;
  },
): void {
  const { person, channel, threadTs, text } = note;
  workspace.messages.add({
    channel,
    ...(threadTs && { threadTs }),
    author: slackAuthor,
    text,
    onlyFor: person,
  });
}
