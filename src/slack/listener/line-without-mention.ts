/**
 * The line in a message that mentions the app, wherever the mention stands. A label holds no `<`, so that a message
 * full of mentions that never end is read in one pass.
 */
export function lineWithoutMention(text: string, botUserId: string | undefined): string {
  if (botUserId === undefined) return text.trim();
  return text.replaceAll(new RegExp(`<@${botUserId}(?:\\|[^<>]*)?>`, 'g'), ' ').trim();
}
