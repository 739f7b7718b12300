const LONGEST_SHOWN = 60;

/**
 * A person's word in backticks for a message: cut with `…` after 60 characters, without anything that could end the
 * backticks, break the line or turn the writing around. An empty word is shown as `""`.
 */
export function inCode(typed: string): string {
  if (typed === '') return '`""`';
  const harmless = typed.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/gu, ' ');
  const characters = Array.from(harmless);
  const shown = characters.slice(0, LONGEST_SHOWN).join('');
  return `\`${characters.length > LONGEST_SHOWN ? `${shown}…` : shown}\``;
}
