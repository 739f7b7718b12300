import type { Reaction } from '../../protocol.ts';
import { slackAuthor } from '../../world/world.ts';
import type { Stage } from '../actor.ts';
import type { Utterance } from './utterance.ts';

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
