import type { World } from '../../world/world.ts';

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
