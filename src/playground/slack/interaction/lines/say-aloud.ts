import type { PlaygroundMessage, PlaygroundPerson, Reaction } from '../../protocol.ts';
import { sayPrivately } from '../../world/say-privately.ts';
import { reactionOf, type Stage } from '../actor.ts';
import type { Utterance } from './utterance.ts';
import { writeTypedText } from './write-typed-text.ts';

/** Posts what a person said; the app hears it if it is mentioned, or if it is its own direct message. */
export async function sayAloud(stage: Stage, utterance: Utterance): Promise<Reaction> {
  const { world, scopes } = stage;
  const { person, channel, threadTs } = utterance;
  const thread = threadTs && { threadTs };
  const author = { kind: 'person', id: person.id, name: person.name } as const;
  const text = writeTypedText(utterance.text, world);
  const message = world.messages.add({ channel: channel.id, author, text, ...thread });
  if (channel.kind === 'dm') {
    return scopes.includes('im:history')
      ? tell(stage, message, { type: 'message', channel_type: 'im' })
      : { outcome: 'done' };
  }
  if (!text.includes(`<@${world.bot.userId}>`)) return { outcome: 'done' };
  if (!channel.botIsMember) {
    const reason = `@${world.bot.name} is not in this channel. Type \`/invite @${world.bot.name}\` to add it, then mention it again.`;
    sayPrivately(world, { person: person.id, channel: channel.id, text: reason, ...thread });
    return { outcome: 'refused', reason, noted: true };
  }
  return scopes.includes('app_mentions:read')
    ? tell(stage, message, { type: 'app_mention' })
    : { outcome: 'done' };
}

/** In a shared channel Slack says of which workspace the sender is. */
function senderOf(person: PlaygroundPerson | undefined): Readonly<Record<string, string>> {
  return person?.team === undefined ? {} : { user_team: person.team, source_team: person.team };
}

async function tell(
  stage: Stage,
  message: PlaygroundMessage,
  kind: Readonly<Record<string, string>>,
): Promise<Reaction> {
  const { world, events } = stage;
  const { channel, ts, threadTs, text, author } = message;
  const parent = threadTs && {
    thread_ts: threadTs,
    parent_user_id: world.messages.find(channel, threadTs)?.author.id,
  };
  const said = {
    user: author.id,
    text,
    ts,
    channel,
    event_ts: ts,
    team: world.person(author.id)?.team ?? world.team.id,
    ...senderOf(world.person(author.id)),
    client_msg_id: world.newId('m'),
  };
  const outcome = await events.send({ ...kind, ...said, ...parent });
  return outcome === 'acked' ? { outcome } : reactionOf({ outcome });
}
