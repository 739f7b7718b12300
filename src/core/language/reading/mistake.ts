import type { Token } from '../words/token.ts';

/** One thing wrong in a line, and the line with that thing put right; others may still be wrong in it. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
  readonly fixed: readonly Token[];

  constructor(message: string, fixed: readonly Token[]) {
    super(message);
    this.fixed = fixed;
  }
}
