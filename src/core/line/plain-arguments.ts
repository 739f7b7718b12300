import { distance } from 'fastest-levenshtein';
import type { Kind, Wording } from './argument.ts';

const EXAMPLE = 10;

/** A whole number from `min` to `max`, both included. */
export function whole(min: number, max: number, wording: Wording = {}): Kind<number> {
  const within = (value: number): number => Math.min(Math.max(value, min), max);
  const example = wording.example ?? String(within(EXAMPLE));
  return {
    hint: 'n',
    about: `a whole number from ${min} to ${max}`,
    ...wording,
    example,
    read: (word) => {
      if (!/^-?\d+$/.test(word)) return { problem: 'is not a whole number' };
      const value = Number(word);
      if (value === within(value)) return { value };
      return { problem: `is not from ${min} to ${max}`, instead: String(within(value)) };
    },
    write: String,
  };
}

/** One of a few words. */
export function oneOf<const T extends string>(first: T, ...others: readonly T[]): Kind<T> {
  const choices = [first, ...others];
  const listed = `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
  return {
    hint: choices.join('|'),
    about: listed,
    example: first,
    choices,
    read: (word) => {
      const value = choices.find((choice) => choice === word.toLowerCase());
      if (value !== undefined) return { value };
      return { problem: `is not ${listed}`, instead: nearest(word, choices) };
    },
    write: (value) => value,
  };
}

/** A word of a fixed form: an account, a region, a bucket. Lower case, as AWS writes them. */
export function namedBy(
  pattern: RegExp,
  words: Pick<Kind<string>, 'hint' | 'about' | 'example'>,
): Kind<string> {
  return {
    ...words,
    read: (word) => {
      const value = word.toLowerCase();
      return pattern.test(value) ? { value } : { problem: `is not ${words.about}` };
    },
    write: (value) => value,
  };
}

const DOLLARS = /^\$?(\d{1,7}(?:\.\d{1,2})?)$/;

/** An amount of US dollars, to the cent: `0.75`, `$2`. */
export function dollars(): Kind<number> {
  return {
    hint: 'dollars',
    about: 'dollars that the question may cost',
    example: '1.50',
    read: (word) => {
      const amount = DOLLARS.exec(word)?.[1];
      if (amount === undefined) return { problem: 'is not an amount of dollars' };
      return Number(amount) > 0 ? { value: Number(amount) } : { problem: 'is nothing to spend' };
    },
    write: (value) => value.toFixed(2),
  };
}

const LONGEST_COMPARED = 60;

/**
 * The choice that a mistyped word was most likely meant to be: the only one that it begins or lengthens (`protocol`
 * for `proto`), or the one within a third of its letters; undefined when none is near. Of equals the first wins.
 */
export function nearest(word: string, choices: readonly string[]): string | undefined {
  const typed = word.slice(0, LONGEST_COMPARED).toLowerCase();
  const begun = choices.filter((choice) => begins(typed, choice) || begins(choice, typed));
  if (begun.length === 1) return begun[0];
  const allowed = Math.max(1, Math.floor(typed.length / 3));
  let best: string | undefined;
  let fewest = allowed + 1;
  for (const choice of choices) {
    const edits = isSwapped(typed, choice) ? 1 : distance(typed, choice);
    // A two-letter word differs from any other in two edits: that is not a typing mistake.
    if (edits < fewest && edits < choice.length) {
      best = choice;
      fewest = edits;
    }
  }
  return best;
}

/** Whether a word is another one with a letter too many, one missing, a wrong one or two in the wrong order. */
export function isSlip(typed: string, meant: string): boolean {
  return isSwapped(typed, meant) || distance(typed, meant) === 1;
}

/** Two neighbouring letters in the wrong order (`form` for `from`) are one slip, not two. */
function isSwapped(typed: string, choice: string): boolean {
  if (typed.length !== choice.length || typed.length < 3) return false;
  const at = [...typed].findIndex((letter, index) => letter !== choice[index]);
  return at >= 0 && `${typed.slice(0, at)}${typed[at + 1]}${typed[at]}${typed.slice(at + 2)}` === choice;
}

function begins(start: string, word: string): boolean {
  return start.length > 2 && word.startsWith(start);
}
