import type { AnswerOptions, Ended, RecordedAsk } from '../core/operation/answer-requests.ts';
import type { Understood } from '../core/operation/request.ts';

/** Nobody waits at a terminal after a restart: what was asked there is remembered, not answered again. */
const PLACE = JSON.stringify({ door: 'terminal' });

/** How a line ended that did not fail. */
export type TerminalEnd = Exclude<Ended, { readonly error: unknown }>;

/** Answers a question or a command. @throws whatever kept it from being answered. */
export type TerminalAsk = (understood: Understood, options: AnswerOptions) => Promise<TerminalEnd>;

/** Asks for a terminal, which shows the answer itself, and has the question and its cost written down. */
export function recordedTerminalAsk(
  asking: RecordedAsk,
  { newId, now }: { readonly newId: () => string; readonly now: () => Date },
): TerminalAsk {
  return async (question, options) => {
    const id = `terminal-${newId()}`;
    const where = { person: 'terminal', place: PLACE, channel: 'terminal', thread: '' };
    const request = { id, ...where, askedAt: now(), question };
    await asking.begin(request);
    const ends: Ended[] = [];
    await asking.answer(request, options, async (ended) => void ends.push(ended));
    const [ended] = ends;
    if (ended === undefined) throw new Error('a question ended without an end');
    if ('error' in ended) throw ended.error;
    return ended;
  };
}
