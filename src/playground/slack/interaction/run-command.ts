import type { Ack } from '../delivery/delivery.ts';
import type { PlaygroundChannel, PlaygroundPerson, Reaction } from '../protocol.ts';
import { ApiError } from '../web-api/api-method.ts';
import { readContent } from '../web-api/message.ts';
import { botAuthor } from '../workspace/workspace.ts';
import { reactionOf, responseUrl, type Stage, sayPrivately } from './backend.ts';

/** Sends a slash command to the app and shows what comes back, or Slack's own words when nothing does. */
export async function runCommand(stage: Stage, utterance: Utterance): Promise<Reaction> {
  const { person, channel, threadTs } = utterance;
  const tell = (text: string) =>
    sayPrivately(stage.world, {
      person: person.id,
      channel: channel.id,
      text,
      ...(threadTs && { threadTs }),
    });
  if (threadTs) {
    const reason = `${stage.command} is not supported in threads. Sorry!`;
    tell(reason);
    return { outcome: 'refused', reason, noted: true };
  }
  if (person.team !== undefined) {
    const reason = `${stage.command} is not available to people of other workspaces.`;
    tell(reason);
    return { outcome: 'refused', reason, noted: true };
  }
  const payload = commandPayload(stage, utterance);
  const ack = await stage.delivery.send({ type: 'slash_commands', payload, acceptsResponsePayload: true });
  const reaction = ack.outcome === 'acked' ? showAnswer(stage, utterance, ack) : reactionOf(ack);
  if (reaction.outcome === 'failed') tell(`${stage.command} failed with the error "${reaction.error}"`);
  return reaction;
}

function commandPayload(
  stage: Stage,
  { person, channel, text }: Utterance,
): Readonly<Record<string, unknown>> {
  const { world, command } = stage;
  return {
    token: 'playground',
    team_id: world.team.id,
    team_domain: world.team.domain,
    channel_id: channel.id,
    channel_name: { public: channel.name, private: 'privategroup', dm: 'directmessage' }[channel.kind],
    user_id: person.id,
    user_name: person.name,
    command,
    text: text.slice(command.length).trim(),
    api_app_id: world.bot.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl(stage, { person: person.id, channel: channel.id }),
    trigger_id: world.triggers.give(person.id),
  };
}

/** An acknowledgement may carry a message; one that Slack cannot read fails the command. */
function showAnswer(stage: Stage, utterance: Utterance, ack: Ack & { readonly outcome: 'acked' }): Reaction {
  const answer = typeof ack.payload === 'string' ? { text: ack.payload } : ack.payload;
  if (typeof answer !== 'object' || answer === null || !('text' in answer || 'blocks' in answer))
    return { outcome: 'acked' };
  const { world } = stage;
  const { person, channel, text } = utterance;
  try {
    const content = readContent({ ...answer }, world);
    const isPublic = 'response_type' in answer && answer.response_type === 'in_channel';
    if (isPublic) {
      const author = { kind: 'person', id: person.id, name: person.name } as const;
      world.messages.add({ channel: channel.id, author, text });
    }
    world.messages.add({
      channel: channel.id,
      author: botAuthor(world),
      ...content,
      ...(!isPublic && { onlyFor: person.id }),
    });
    return { outcome: 'acked' };
  } catch (error) {
    if (error instanceof ApiError) return { outcome: 'failed', error: 'invalid_command_response' };
    throw error;
  }
}

/** A line, and who typed it where. */
export interface Utterance {
  readonly person: PlaygroundPerson;
  readonly channel: PlaygroundChannel;
  readonly text: string;
  readonly threadTs?: string;
}
