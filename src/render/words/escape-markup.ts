/**
 * Makes text safe where Slack reads its markup, in the order that Slack asks for. Without it `<!channel>` in a log
 * line would call everyone.
 */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
