import type { PlaygroundMessage, PlaygroundPerson, Reaction, TypedLine } from '../protocol.ts';
import { slackAuthor, type World } from '../workspace/workspace.ts';
import {
  longestLine,
  reactionOf,
  requireChannel,
  requirePerson,
  type Stage,
  sayPrivately,
} from './backend.ts';
import { runCommand, type Utterance } from './run-command.ts';

/** Does what Slack does with a typed line: a command, an invitation, a mention, or just a message. */
export async function typeLine(stage: Stage, line: TypedLine): Promise<Reaction> {
  const person = requirePerson(stage, line.person);
  const channel = requireChannel(stage, line.channel);
  const text = line.text.trim();
  const utterance = { person, channel, text, ...(line.threadTs && { threadTs: line.threadTs }) };
  if (!channel.members.includes(person.id)) return refuse(`${person.name} is not in this channel.`);
  if (channel.archived) return refuse('This channel is archived: nobody can write here.');
  if (text === '') return refuse('There is nothing to send.');
  if (text.length > longestLine) return refuse(`This is longer than ${longestLine} characters.`);
  if (!text.startsWith('/')) return sayAloud(stage, utterance);
  const [name = ''] = text.split(/\s/, 1);
  if (name === '/invite') return inviteBot(stage, utterance);
  if (name === stage.command && stage.scopes.includes('commands')) return runCommand(stage, utterance);
  const note = `${name} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.`;
  sayPrivately(stage.world, { ...utterance, person: person.id, channel: channel.id, text: note });
  return { outcome: 'refused', reason: note, noted: true };
}

function refuse(reason: string): Reaction {
  return { outcome: 'refused', reason };
}

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

/** `/invite @flowlog`: the app joins the channel, and everybody reads that it did. */
export async function inviteBot(stage: Stage, { person, channel, text }: Utterance): Promise<Reaction> {
  const { world } = stage;
  const whom = /^\/invite\s+@?(\S+)/.exec(text)?.[1];
  if (whom !== world.bot.name)
    return { outcome: 'refused', reason: `Only @${world.bot.name} can be invited at the desk.` };
  if (channel.botIsMember)
    return { outcome: 'refused', reason: `@${world.bot.name} is already in this channel.` };
  world.channels.addBot(channel.id);
  const joined = `<@${world.bot.userId}> was added to #${channel.name} by <@${person.id}>.`;
  world.messages.add({ channel: channel.id, author: slackAuthor, text: joined });
  return { outcome: 'done' };
}

const address = /\bhttps?:\/\/[^\s<>]+/g;
/** Slack makes links of words that look like hosts under a well-known domain; addresses like 10.0.1.7 stay as they are. */
const host = /(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|cloud)\b(?![\w/])/gi;

/** Turns what a person typed into the text that an event carries: escaped, with mentions and links as tokens. */
export function writeTypedText(text: string, world: World): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const linked = escaped.replace(address, '<$&>').replace(/<[^>]*>|[^<]+/g, (part) => {
    return part.startsWith('<') ? part : part.replace(host, '<http://$&|$&>');
  });
  return linked.replace(/(?<![\w<])@([a-z][\w.-]*)/gi, (typed, name: string) => {
    const id = name === world.bot.name ? world.bot.userId : world.person(name)?.id;
    return id ? `<@${id}>` : typed;
  });
}
