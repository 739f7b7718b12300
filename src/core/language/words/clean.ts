const LINK_WITH_LABEL = /<(?:https?|ftp|ssh|tel|mailto):[^<>|]*\|([^<>|]*)>/gi;
const BARE_LINK = /<(?:https?|ftp|ssh):\/\/([^<>|/\s]*)\/?>/gi;
const DASHES = /[\u2010-\u2015\u2212\ufe58\ufe63]/g;
const LONG_DASHES = /[\u2014\u2015]/g;
const DOUBLE_QUOTES = /[\u00ab\u00bb\u201c-\u201f\u2033]/g;
const SINGLE_QUOTES = /[\u2018-\u201b\u2032\u2039\u203a\u00b4]/g;

/**
 * Undoes what phones and Slack do to a line: links around hosts and numbers, `&amp;`, curly quotes, long dashes,
 * full-width letters, invisible characters, the code marks of a pasted line and the question mark of a question.
 */
export function clean(line: string): string {
  return line
    .replace(LINK_WITH_LABEL, '$1')
    .replace(BARE_LINK, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(LONG_DASHES, '--')
    .replace(DASHES, '-')
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .normalize('NFKC')
    .replaceAll('`', ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Cc}\p{Z}]/gu, ' ')
    .trim()
    .replace(/(?<=[^\s?])\?+$/, '');
}
