import { UserError } from '../errors.ts';
import { inCode } from '../wording.ts';
import type { Entry, LineContext } from './entry.ts';
import { Mistake } from './mistake.ts';
import { type FreeReading, readFreely } from './sentence-line.ts';
import { writeTokens } from './tokens.ts';
import { type HelpWanted, type ReadLine, understand } from './understand.ts';

/** Each round puts one thing right; for a line with more things wrong than that, help is the better answer. */
const MOST_ROUNDS = 6;

/**
 * Reads what a person typed. Pure and quick: nothing is looked up, and lines over 1,000 characters are refused
 * before they are read.
 * @throws UserError with a sentence about the first thing wrong and a corrected line that parses: one that is made of
 * the person's own words and leaves none out that the sentence does not quote, or else help for what they were at.
 */
export function readLine(line: string, context: LineContext): ReadLine | HelpWanted {
  try {
    return understand(line, context);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    throw refusal(error, line, context);
  }
}

function refusal(mistake: Mistake, line: string, context: LineContext): UserError {
  const free = mistake.facts.isTooLong ? {} : readFreely(line, context);
  const said = free.line === undefined ? undefined : writeTokens(free.line);
  if (said !== undefined && !mistakeIn(said, context)) {
    // What was a sentence holds no mistaken window: its `on` was before something else.
    const message = mistake.facts.isWindow ? `${inCode(line)} is not how that is asked.` : mistake.message;
    return new UserError(message, { correctedLine: said });
  }
  // A word that is not understood helps the person more than that the sentence begins with no query.
  if (mistake.facts.unknownQuery && free.problem !== undefined)
    return new UserError(free.problem, { correctedLine: helpLine(free.task) });
  return new UserError(mistake.message, { correctedLine: putRight(mistake, free, context) });
}

/** Puts one thing right after the other until the line parses, or else offers help. */
function putRight(first: Mistake, free: FreeReading, context: LineContext): string {
  let mistake = first;
  let { task } = first.facts;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { fixed, leavesOut } = mistake.facts;
    // Only the first sentence is shown: a word that a later one quotes would be left out in silence.
    if (fixed === undefined || fixed.length === 0 || (leavesOut && round > 0)) break;
    const line = writeTokens(fixed);
    const next = mistakeIn(line, context);
    if (next === undefined) return line;
    mistake = next;
    task ??= mistake.facts.task;
  }
  return helpLine(task ?? free.task);
}

function helpLine(task: Entry | undefined): string {
  return task === undefined ? 'help' : `help ${task.name}`;
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
