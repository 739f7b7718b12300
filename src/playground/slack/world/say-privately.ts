import { slackAuthor, type World } from './world.ts';

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
