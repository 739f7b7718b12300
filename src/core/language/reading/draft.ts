import type { Token } from '../words/token.ts';

/** A line on its way to a question: what is asked and, apart from it, the window as it was said. */
export interface Draft {
  readonly words: readonly Token[];
  readonly window: readonly Token[];
}

/** The words of a draft with one of them replaced, and the window behind them. */
export function withReplaced(draft: Draft, replaced: Token, by: readonly Token[]): readonly Token[] {
  return [...wordsWith(draft, replaced, by), ...draft.window];
}

/** The words of a draft with one of them replaced. */
export function wordsWith({ words }: Draft, replaced: Token, by: readonly Token[]): readonly Token[] {
  return words.flatMap((token) => (token === replaced ? by : [token]));
}
