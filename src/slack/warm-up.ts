import { UserError } from '../core/errors.ts';
import { exampleLine } from '../core/line/write-line.ts';
import { nextTurnOfLoop } from '../core/turn-of-loop.ts';
import { failureWords } from '../render/failure.ts';
import { failureMessage, helpMessage } from '../render/messages/notes.ts';
import { workingParent } from '../render/messages/parent-message.ts';
import { messageArguments } from './api/message-forms.ts';
import type { LineReading } from './question/handle-line.ts';

/**
 * Reads an example of each entry, a mistake in it, and its help, and shows none of them: what runs for the first time takes
 * ten times as long, and in a busy second the last of the first commands would wait for all before it.
 */
export async function warmUp(reading: LineReading): Promise<void> {
  const { catalog, command, helpText, helpExamples } = reading;
  const prompt = `${command} `;
  for (const entry of catalog) {
    const line = exampleLine(entry);
    for (const each of [line, `${line} prot=443 lats 1h`]) {
      await nextTurnOfLoop();
      read(each, prompt, reading);
    }
    await nextTurnOfLoop();
    messageArguments(helpMessage(helpText({ help: entry }, prompt), helpExamples));
  }
}

function read(line: string, prompt: string, { understand }: LineReading): void {
  try {
    const understood = understand(line, 'UTC');
    if (!('help' in understood)) messageArguments(workingParent(understood, { before: 0 }, 0, ''));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    messageArguments(failureMessage(failureWords(error, ''), prompt));
  }
}
