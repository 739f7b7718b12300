import { distance } from 'fastest-levenshtein';

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

/** Two neighbouring letters in the wrong order (`form` for `from`) are one slip, not two. */
function isSwapped(typed: string, choice: string): boolean {
  if (typed.length !== choice.length || typed.length < 3) return false;
  const at = [...typed].findIndex((letter, index) => letter !== choice[index]);
  return at >= 0 && `${typed.slice(0, at)}${typed[at + 1]}${typed[at]}${typed.slice(at + 2)}` === choice;
}

function begins(start: string, word: string): boolean {
  return start.length > 2 && word.startsWith(start);
}
