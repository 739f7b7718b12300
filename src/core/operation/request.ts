import type { LineContext } from '../line/entry.ts';
import { readLine } from '../line/read-line.ts';
import type { HelpWanted, ReadLine } from '../line/understand.ts';
import { writeLine } from '../line/write-line.ts';
import { isQuery } from '../query/query.ts';
import type { Question } from '../query/question.ts';
import { type Command, isOperation } from './operation.ts';

/** A line that is to be worked on. */
export type QuestionOrCommand = Question | Command;

/** What a line can be. */
export type RequestOrHelp = QuestionOrCommand | HelpWanted;

/** Whether a line was understood as an operation. */
export function isCommand(understood: RequestOrHelp): understood is Command {
  return 'operation' in understood;
}

/**
 * Reads what a person typed as a question, a command or a wish for help.
 * @throws UserError for a line that is none, as `readLine` does.
 */
export function readRequest(line: string, context: LineContext): RequestOrHelp {
  const read = readLine(line, context);
  return 'help' in read ? read : requestOf(read);
}

/** A question keeps the window as it was said; a command has it as two instants, so that it means the same later. */
function requestOf({ entry, args, words, window, zone, notes, catalog }: ReadLine): QuestionOrCommand {
  if (isOperation(entry)) {
    const line = writeLine(entry, args, window && { kind: 'between', ...window });
    return { operation: entry, args, window, zone, line, notes };
  }
  if (!isQuery(entry) || words === undefined || window === undefined)
    throw new RangeError(`${entry.name} is a query without a window`);
  return {
    query: entry,
    args,
    words,
    window,
    zone,
    line: writeLine(entry, args, words),
    notes,
    catalog,
  };
}
