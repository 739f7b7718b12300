import type { Ack } from '../delivery/delivery.ts';
import type { PlaygroundChannel, PlaygroundPerson, Reaction } from '../protocol.ts';
import { ApiError } from '../web-api/api-method.ts';
import { readContent } from '../web-api/message.ts';
import { botAuthor } from '../workspace/workspace.ts';
import { postSlackNote, reactionOf, responseUrl, type SlackBackend } from './slack-backend.ts';

/** A typed line, with its person and channel found. */
export interface TypedText {
  readonly person: PlaygroundPerson;
  readonly channel: PlaygroundChannel;
  readonly text: string;
  readonly threadTs?: string;
}

/** Sends a slash command to the app and shows the answer, or Slack's own note when there is none. */
export async function runCommand(backend: SlackBackend, typed: TypedText): Promise<Reaction> {
  const { person, channel, threadTs } = typed;
  const note = (text: string) =>
    postSlackNote(backend.workspace, {
      person: person.id,
      channel: channel.id,
      text,
      ...(threadTs && { threadTs }),
    });
  if (threadTs) {
    const reason = `${backend.command} is not supported in threads. Sorry!`;
    note(reason);
    return { outcome: 'refused', reason, noted: true };
  }
  if (person.team !== undefined) {
    const reason = `${backend.command} is not available to people of other workspaces.`;
    note(reason);
    return { outcome: 'refused', reason, noted: true };
  }
  const payload = commandPayload(backend, typed);
  const ack = await backend.delivery.send({ type: 'slash_commands', payload, acceptsResponsePayload: true });
  const reaction = ack.outcome === 'acked' ? showAnswer(backend, typed, ack) : reactionOf(ack);
  if (reaction.outcome === 'failed') note(`${backend.command} failed with the error "${reaction.error}"`);
  return reaction;
}

function commandPayload(
  backend: SlackBackend,
  { person, channel, text }: TypedText,
): Readonly<Record<string, unknown>> {
  const { workspace, command } = backend;
  return {
    token: 'playground',
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: channel.id,
    channel_name: { public: channel.name, private: 'privategroup', dm: 'directmessage' }[channel.kind],
    user_id: person.id,
    user_name: person.name,
    command,
    text: text.slice(command.length).trim(),
    api_app_id: workspace.bot.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(backend, { person: person.id, channel: channel.id }),
    trigger_id: workspace.triggers.give(person.id),
  };
}

/** An acknowledgement may carry a message; one that Slack cannot read fails the command. */
function showAnswer(
  backend: SlackBackend,
  typed: TypedText,
  ack: Ack & { readonly outcome: 'acked' },
): Reaction {
  const answer = typeof ack.payload === 'string' ? { text: ack.payload } : ack.payload;
  if (typeof answer !== 'object' || answer === null || !('text' in answer || 'blocks' in answer))
    return { outcome: 'acked' };
  const { workspace } = backend;
  const { person, channel, text } = typed;
  try {
    const content = readContent({ ...answer }, workspace);
    const isPublic = 'response_type' in answer && answer.response_type === 'in_channel';
    if (isPublic) {
      const author = { kind: 'person', id: person.id, name: person.name } as const;
      workspace.messages.add({ channel: channel.id, author, text });
    }
    workspace.messages.add({
      channel: channel.id,
      author: botAuthor(workspace),
      ...content,
      ...(!isPublic && { onlyFor: person.id }),
    });
    return { outcome: 'acked' };
  } catch (error) {
    if (error instanceof ApiError) return { outcome: 'failed', error: 'invalid_command_response' };
    throw error;
  }
}
