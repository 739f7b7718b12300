import type { PlaygroundMessage, PlaygroundPerson, Reaction, TypedLine } from '../protocol.ts';
import { slackAuthor, type Workspace } from '../workspace/workspace.ts';
import { runCommand, type TypedText } from './run-command.ts';
import {
  longestLine,
  postSlackNote,
  reactionOf,
  requireChannel,
  requirePerson,
  type SlackBackend,
} from './slack-backend.ts';

/** Handles a typed line as Slack does: a command, an invitation, a mention, or just a message. */
export async function typeLine(backend: SlackBackend, line: TypedLine): Promise<Reaction> {
  const person = requirePerson(backend, line.person);
  const channel = requireChannel(backend, line.channel);
  const text = line.text.trim();
  const typed = { person, channel, text, ...(line.threadTs && { threadTs: line.threadTs }) };
  if (!channel.members.includes(person.id)) return refuse(`${person.name} is not in this channel.`);
  if (channel.archived) return refuse('This channel is archived: no one can write here.');
  if (text === '') return refuse('There is nothing to send.');
  if (text.length > longestLine) return refuse(`This is longer than ${longestLine} characters.`);
  if (!text.startsWith('/')) return postTyped(backend, typed);
  const [name = ''] = text.split(/\s/, 1);
  if (name === '/invite') return inviteBot(backend, typed);
  if (name === backend.command && backend.scopes.includes('commands')) return runCommand(backend, typed);
  const note = `${name} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.`;
  postSlackNote(backend.workspace, { ...typed, person: person.id, channel: channel.id, text: note });
  return { outcome: 'refused', reason: note, noted: true };
}

function refuse(reason: string): Reaction {
  return { outcome: 'refused', reason };
}

/** Posts a message; the app is sent it as an event if it is mentioned, or in its own direct message. */
async function postTyped(backend: SlackBackend, typed: TypedText): Promise<Reaction> {
  const { workspace, scopes } = backend;
  const { person, channel, threadTs } = typed;
  const thread = threadTs && { threadTs };
  const author = { kind: 'person', id: person.id, name: person.name } as const;
  const text = writeTypedText(typed.text, workspace);
  const message = workspace.messages.add({ channel: channel.id, author, text, ...thread });
  if (channel.kind === 'dm') {
    return scopes.includes('im:history')
      ? sendEvent(backend, message, { type: 'message', channel_type: 'im' })
      : { outcome: 'done' };
  }
  if (!text.includes(`<@${workspace.bot.userId}>`)) return { outcome: 'done' };
  if (!channel.botIsMember) {
    const reason = `@${workspace.bot.name} is not in this channel. Type \`/invite @${workspace.bot.name}\` to add it, then mention it again.`;
    postSlackNote(workspace, { person: person.id, channel: channel.id, text: reason, ...thread });
    return { outcome: 'refused', reason, noted: true };
  }
  return scopes.includes('app_mentions:read')
    ? sendEvent(backend, message, { type: 'app_mention' })
    : { outcome: 'done' };
}

/** In a shared channel events carry the workspace of the sender. */
function senderOf(person: PlaygroundPerson | undefined): Readonly<Record<string, string>> {
  return person?.team === undefined ? {} : { user_team: person.team, source_team: person.team };
}

async function sendEvent(
  backend: SlackBackend,
  message: PlaygroundMessage,
  kind: Readonly<Record<string, string>>,
): Promise<Reaction> {
  const { workspace, events } = backend;
  const { channel, ts, threadTs, text, author } = message;
  const parent = threadTs && {
    thread_ts: threadTs,
    parent_user_id: workspace.messages.find(channel, threadTs)?.author.id,
  };
  const event = {
    user: author.id,
    text,
    ts,
    channel,
    event_ts: ts,
    team: workspace.person(author.id)?.team ?? workspace.team.id,
    ...senderOf(workspace.person(author.id)),
    client_msg_id: workspace.newId('m'),
  };
  const outcome = await events.send({ ...kind, ...event, ...parent });
  return outcome === 'acked' ? { outcome } : reactionOf({ outcome });
}

/** `/invite @flowlog`: the app joins the channel, and a message in it says so. */
async function inviteBot(backend: SlackBackend, { person, channel, text }: TypedText): Promise<Reaction> {
  const { workspace } = backend;
  const whom = /^\/invite\s+@?(\S+)/.exec(text)?.[1];
  if (whom !== workspace.bot.name)
    return { outcome: 'refused', reason: `Only @${workspace.bot.name} can be invited in the playground.` };
  if (channel.botIsMember)
    return { outcome: 'refused', reason: `@${workspace.bot.name} is already in this channel.` };
  workspace.channels.addBot(channel.id);
  const joined = `<@${workspace.bot.userId}> was added to #${channel.name} by <@${person.id}>.`;
  workspace.messages.add({ channel: channel.id, author: slackAuthor, text: joined });
  return { outcome: 'done' };
}

const urlPattern = /\bhttps?:\/\/[^\s<>]+/g;
/** Slack makes links of words that look like hosts under a well-known domain; addresses like 10.0.1.7 stay as they are. */
const host = /(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|net|org|io|dev|cloud)\b(?![\w/])/gi;

/** Turns what a person typed into the text that an event carries: escaped, with mentions and links as tokens. */
export function writeTypedText(text: string, workspace: Workspace): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const linked = escaped.replace(urlPattern, '<$&>').replace(/<[^>]*>|[^<]+/g, (part) => {
    return part.startsWith('<') ? part : part.replace(host, '<http://$&|$&>');
  });
  return linked.replace(/(?<![\w<])@([a-z][\w.-]*)/gi, (typed, name: string) => {
    const id = name === workspace.bot.name ? workspace.bot.userId : workspace.person(name)?.id;
    return id ? `<@${id}>` : typed;
  });
}
