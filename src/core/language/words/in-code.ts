const LONGEST_SHOWN = 60;

/**
 * A person's word in backticks for a message: cut with `…` after 60 characters or so many, without anything that could end the
 * backticks, break the line or turn the writing around. An empty word is shown as `""`.
 */
export function inCode(typed: string, longest = LONGEST_SHOWN): string {
  if (typed === '') return '`""`';
  const harmless = typed.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/gu, ' ');
  const characters = Array.from(harmless);
  const shown = characters.slice(0, longest).join('');
  return `\`${characters.length > longest ? `${shown}…` : shown}\``;
}
