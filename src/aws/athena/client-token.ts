import { createHash } from 'node:crypto';
import type { Statement } from '../../core/answer/engine.ts';

/** What makes two executions the same one: who asked, where it runs, and which attempt it is. */
export interface TokenParts {
  /** The identity of the statement, or a random one for a statement that nobody would ask for again. */
  readonly asker: string;
  readonly place: readonly string[];
  readonly attempt: number;
}

/**
 * The token by which Athena recognises an execution: with the same one it starts nothing new and bills nothing again,
 * in this process or after a restart. It has the asker in it, since a hash of the SQL alone would bring the same old
 * result for ever. 64 characters; Athena takes 32 to 128.
 */
export function clientToken({ text, bound }: Statement, { asker, place, attempt }: TokenParts): string {
  return createHash('sha256')
    .update(JSON.stringify([asker, attempt, place, text, bound]))
    .digest('hex');
}
