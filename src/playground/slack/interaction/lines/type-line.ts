import type { Reaction, TypedLine } from '../../protocol.ts';
import { sayPrivately } from '../../world/say-privately.ts';
import { longestLine, requireChannel, requirePerson, type Stage } from '../actor.ts';
import { inviteBot } from './invite-bot.ts';
import { runCommand } from './run-command.ts';
import { sayAloud } from './say-aloud.ts';

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
