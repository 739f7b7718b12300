import { parseDuration } from '../../window/duration/parse-duration.ts';
import { COUNTED } from '../free/free-words.ts';
import { isUnderstood } from '../words/read-ahead.ts';
import { keyword, type Token, word } from '../words/token.ts';

const TIME = /^\d{1,2}:\d{2}(?::\d{2})?z?$/i;
const SPAN = /^(\d{1,2}:\d{2}(?::\d{2})?z?)(?:-|\.\.)(\d{1,2}:\d{2}(?::\d{2})?z?)$/i;
const ENDS: readonly (string | undefined)[] = ['to', 'until', 'till', 'and'];

/** Words of a window that people said, and how many words they said it in. */
export interface SpokenTime {
  readonly meant: readonly Token[];
  readonly length: number;
}

/**
 * The window that words mean which only their times make one: `between 14:00 and 15:00`, `from 14:00 to 15:00`,
 * `14:00-15:00`, `at 14:05`, `for 15m`; undefined where the next words mean none.
 */
export function spokenTime(tokens: readonly Token[], at: number): SpokenTime | undefined {
  const [first, second, third, fourth] = tokens.slice(at, at + 4);
  const begin = keyword(first);
  const [, from, to] = (begin !== undefined && SPAN.exec(begin)) || [];
  if (from !== undefined && to !== undefined) return between(word(from), word(to), 1);
  if (!second || second.name !== undefined) return undefined;
  const amount = begin === 'the' ? spokenAmount(tokens, at + 1) : spokenAmount(tokens, at);
  if (amount !== undefined) return begin === 'the' ? { ...amount, length: amount.length + 1 } : amount;
  if (begin === 'for') {
    const duration = parseDuration(second.text);
    return isUnderstood(duration) ? { meant: [word('last'), second], length: 2 } : undefined;
  }
  if (!TIME.test(second.text)) return undefined;
  if (begin === 'at') return { meant: [word('around'), second], length: 2 };
  const isSpan = (begin === 'between' || begin === 'from') && ENDS.includes(keyword(third));
  return isSpan && fourth && TIME.test(fourth.text) ? between(second, fourth, 4) : undefined;
}

/** `last 10 records` is how many, not how long. */
function spokenAmount(tokens: readonly Token[], at: number): SpokenTime | undefined {
  const [last, amount, counted] = tokens.slice(at, at + 3);
  if (keyword(last) !== 'last' || !amount || !/^\d+$/.test(amount.text)) return undefined;
  return COUNTED.has(keyword(counted) ?? '') ? { meant: [word('top'), amount], length: 2 } : undefined;
}

function between(from: Token, to: Token, length: number): SpokenTime {
  return { meant: [word('since'), from, word('until'), to], length };
}
