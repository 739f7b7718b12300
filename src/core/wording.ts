const LONGEST_SHOWN = 60;

/**
 * A person's word in backticks for a message: cut with `…` after 60 characters or so many, without anything that could end the
 * backticks, break the line or turn the writing around. An empty word is shown as `""`.
 */
export function inCode(typed: string, longest = LONGEST_SHOWN): string {
  return typed === '' ? '`""`' : `\`${inOneLine(typed, longest)}\``;
}

/**
 * Text of others within a sentence: cut with `…` after 60 characters or so many, without anything that could end backticks, break the
 * line, steer a terminal or turn the writing around.
 */
export function inOneLine(text: string, longest = LONGEST_SHOWN): string {
  const harmless = text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/gu, ' ');
  const characters = Array.from(harmless);
  const shown = characters.slice(0, longest).join('');
  return characters.length > longest ? `${shown}…` : shown;
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

/** An amount with its noun: `1 row`, `23,455 rows`; `many` where the plural is not made with an `s`. */
export function plural(count: Integer, one: string, many = `${one}s`): string {
  return `${showInteger(count)} ${Number(count) === 1 ? one : many}`;
}

const CENT = 0.01;
const DECIMALS_BELOW_A_CENT = 5;
const LEAST = 10 ** -DECIMALS_BELOW_A_CENT;

/** Writes dollars: cents as usual, and below a cent as many decimals as a scan of 10 MB needs, `$0.00005`. */
export function showDollars(dollars: number): string {
  if (dollars === 0) return '$0';
  if (dollars < LEAST) return `less than $${LEAST.toFixed(DECIMALS_BELOW_A_CENT)}`;
  if (dollars >= CENT) return showCents(dollars);
  return `$${dollars.toFixed(DECIMALS_BELOW_A_CENT).replace(/0+$/, '')}`;
}

/** Writes dollars to the cent, as prices and limits are configured: `$5.00`. */
export function showCents(dollars: number): string {
  return `$${dollars.toFixed(2)}`;
}

/** Writes how long something took: `80 ms`, `0.8 s`, `1 min 5 s`. */
export function showElapsed(elapsedMs: number): string {
  if (elapsedMs < 100) return `${Math.max(Math.round(elapsedMs), 1)} ms`;
  const tenths = Math.round(elapsedMs / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(elapsedMs / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
