import type { Ask } from '../core/answer/ask.ts';
import type { Ended, RecordedAsk } from '../core/answer/recorded-ask.ts';

/** Nobody waits at a terminal after a restart: what was asked there is remembered, not answered again. */
const PLACE = JSON.stringify({ door: 'terminal' });

/** Asks for a terminal, which shows the answer itself, and has the question and its cost written down. */
export function recordedTerminalAsk(asking: RecordedAsk, newId: () => string): Ask {
  return async (question, options) => {
    const request = { id: `terminal-${newId()}`, person: 'terminal', place: PLACE, question };
    await asking.begin(request);
    const ends: Ended[] = [];
    await asking.answer(request, options, async (ended) => void ends.push(ended));
    const [ended] = ends;
    if (ended !== undefined && 'answer' in ended) return ended.answer;
    throw ended?.error;
  };
}
