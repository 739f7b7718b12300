import type { Entry } from './entry.ts';
import type { Token } from './tokens.ts';

/** What is known of a mistake apart from its sentence. */
export interface MistakeFacts {
  /**
   * The line with that one thing put right; others may still be wrong in it. Undefined where it cannot be put right
   * without inventing something, or without dropping a word.
   */
  readonly fixed?: readonly Token[] | undefined;
  /** Set where a word is left out of `fixed`, which is only right as long as the sentence quotes it. */
  readonly leavesOut?: boolean;
  /** What the line was about: what help is given for. */
  readonly task?: Entry | undefined;
  /** Set where the first word is no query: then what the sentence says may still be understood. */
  readonly unknownQuery?: true;
  /** Set where it is the window that was not understood. */
  readonly isWindow?: true;
  /** Set where the line was not read. */
  readonly isTooLong?: true;
}

/** One thing wrong in a line. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
  readonly facts: MistakeFacts;

  constructor(message: string, facts: MistakeFacts) {
    super(message);
    this.facts = facts;
  }
}

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
