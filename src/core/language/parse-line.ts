import { UserError } from '../errors.ts';
import type { Understanding } from '../question.ts';
import { exampleLine } from './example-line.ts';
import type { LineContext } from './line-context.ts';
import { Mistake } from './reading/mistake.ts';
import { queryNamed } from './reading/query-named.ts';
import { understand } from './understand.ts';
import { keyword } from './words/token.ts';
import { writeTokens } from './words/write-tokens.ts';

/** Each round puts one thing right; a line with more things wrong is better shown an example. */
const MOST_ROUNDS = 6;

/**
 * Reads what a person typed. Pure and quick: nothing is looked up, and lines over 1,000 characters are refused
 * before they are read.
 * @throws UserError with a sentence about the first thing wrong and a corrected line that parses.
 */
export function parseLine(line: string, context: LineContext): Understanding {
  try {
    return understand(line, context);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    throw new UserError(error.message, { correctedLine: correctedLine(error, context) });
  }
}

/** Puts one thing right after the other until the line parses; falls back to the query's example, then to `help`. */
function correctedLine(first: Mistake, context: LineContext): string {
  let mistake = first;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const line = writeTokens(mistake.fixed);
    const next = mistakeIn(line, context);
    if (!next && mistake.fixed.length > 0) return line;
    if (!next) break;
    mistake = next;
  }
  const query = queryNamed(keyword(mistake.fixed[0]), context.catalog);
  const example = query && exampleLine(query);
  return example !== undefined && !mistakeIn(example, context) ? example : 'help';
}

function mistakeIn(line: string, context: LineContext): Mistake | undefined {
  try {
    understand(line, context);
    return undefined;
  } catch (error) {
    if (error instanceof Mistake) return error;
    throw error;
  }
}
