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

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const STEP = 1000;
const ONE_DECIMAL_BELOW = 100;

/** Writes bytes in decimal units, as AWS bills them: `999 B`, `12.4 MB`, `5.0 GB`. */
export function showBytes(bytes: Integer): string {
  let amount = Number(bytes);
  let unit = 0;
  while (rounded(amount, unit) >= STEP && unit < UNITS.length - 1) {
    amount /= STEP;
    unit += 1;
  }
  const shown = rounded(amount, unit);
  const decimals = unit > 0 && shown < ONE_DECIMAL_BELOW ? 1 : 0;
  return `${shown.toFixed(decimals)} ${UNITS[unit]}`;
}

function rounded(amount: number, unit: number): number {
  return unit > 0 && amount < ONE_DECIMAL_BELOW ? Math.round(amount * 10) / 10 : Math.round(amount);
}

/** Writes a whole number with thousands separated: `23,455`. */
export function showInteger(integer: Integer): string {
  return String(integer).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A whole number that may pass 2^53; exact either way. */
export type Integer = number | bigint;

/** `1 partition`, `1,240 partitions`. */
export function plural(count: number, noun: string): string {
  return `${showInteger(count)} ${noun}${count === 1 ? '' : 's'}`;
}
