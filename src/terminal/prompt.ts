import { createInterface } from 'node:readline/promises';
import { answerInTerminal, type ExitCode, type TerminalParts } from './answer-in-terminal.ts';
import type { Completion } from './complete-line.ts';

const PROMPT = 'flowlog> ';
const LEAVE = new Set(['exit', 'quit', 'bye']);

/**
 * Asks for lines and answers them, one after the other, until the input ends or the person leaves. Ctrl-C stops a
 * question; Tab completes the last word.
 */
export async function promptForLines(
  parts: TerminalParts,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  complete?: (line: string) => Promise<Completion>,
): Promise<ExitCode> {
  const completer = async (line: string): Promise<[string[], string]> => {
    const [candidates = [], typed = ''] = (await complete?.(line)) ?? [];
    return [[...candidates], typed];
  };
  const lines = createInterface({ input, output, prompt: PROMPT, completer });
  let running: AbortController | undefined;
  let isClosed = false;
  lines.once('close', () => {
    isClosed = true;
  });
  lines.on('SIGINT', () => (running === undefined ? lines.close() : running.abort()));
  lines.prompt();
  for await (const line of lines) {
    if (LEAVE.has(line.trim().toLowerCase())) break;
    running = new AbortController();
    await answerInTerminal(parts, { line, form: 'text', rowLimit: undefined, signal: running.signal });
    running = undefined;
    // Input that has ended still has lines to answer, and newer Node.js takes no prompt then.
    if (!isClosed) lines.prompt();
  }
  lines.close();
  return 0;
}
