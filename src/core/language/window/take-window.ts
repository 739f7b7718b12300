import type { Entry } from '../../entry.ts';
import type { Clock } from '../../window/moment/clock.ts';
import type { WindowWords } from '../../window/window.ts';
import type { Draft } from '../reading/draft.ts';
import { Mistake } from '../reading/mistake.ts';
import { queryNamed } from '../reading/query-named.ts';
import { inCode } from '../words/in-code.ts';
import { typedText } from '../words/read-ahead.ts';
import { keyword, type Token, word } from '../words/token.ts';
import { tokensOf } from '../words/tokens-of.ts';
import { readWindow } from './read-window.ts';
import { isWindowKeyword, type WindowKeyword } from './window-keyword.ts';

/** The window of a line, the line without it, and what was read otherwise than typed. */
export interface TakenWindow {
  readonly said: WindowWords | undefined;
  readonly draft: Draft;
  readonly notes: readonly string[];
}

/**
 * Takes the window out of a line, wherever it stands; undefined where none is said.
 * @throws Mistake when it is not understood or said twice.
 */
export function takeWindow(typed: readonly Token[], clock: Clock, catalog: readonly Entry[]): TakenWindow {
  const tokens = typed.flatMap(spreadOption);
  const words: Token[] = [];
  let window: readonly Token[] = [];
  let said: WindowWords | undefined;
  let notes: readonly string[] = [];
  for (let at = 0; at < tokens.length; ) {
    const begin = windowBegin(tokens, at, catalog);
    if (!begin) {
      words.push(...tokens.slice(at, at + 1));
      at += 1;
      continue;
    }
    const read = readWindow(begin, tokens.slice(at), clock);
    const [before, taken, behind] = [
      tokens.slice(0, at),
      tokens.slice(at, at + read.length),
      tokens.slice(at + read.length),
    ];
    if ('problem' in read) {
      const fixed = [...before, ...tokensOf(read.instead), ...behind];
      throw new Mistake(`${inCode(read.typed)} ${read.problem}.`, { fixed, isWindow: true });
    }
    if (said) {
      const fixed = [...before, ...behind];
      throw new Mistake(`${inCode(typedText(taken))} is a second window.`, { fixed, leavesOut: true });
    }
    said = read.value;
    notes = read.notes;
    window = taken;
    at += read.length;
  }
  return { said, draft: { words, window }, notes };
}

/** `last=1h` and `since="2026-11-22 14:05"` are windows too. */
function spreadOption(token: Token): readonly Token[] {
  if (!isWindowKeyword(token.name)) return [token];
  return [
    word(token.name),
    ...token.text
      .split(' ')
      .filter((part) => part !== '')
      .map(word),
  ];
}

function windowBegin(
  tokens: readonly Token[],
  at: number,
  catalog: readonly Entry[],
): WindowKeyword | undefined {
  const begin = keyword(tokens[at]);
  return isWindowKeyword(begin) && !(at === 0 && queryNamed(begin, catalog)) ? begin : undefined;
}
