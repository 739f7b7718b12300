import { UserError } from '../../core/errors.ts';
import { type Asked, IN_FLIGHT_LASTS_MS } from '../../core/ports/store.ts';
import type { Message } from '../../render/blocks/block.ts';
import type { FailureWords } from '../../render/failure.ts';
import { failureMessage } from '../../render/messages/private-message.ts';
import { bothForms } from '../api/message-forms.ts';
import { reportFailure } from '../slack-log.ts';
import { answerQuestion, type PlacedRequest } from './answer-request.ts';
import { type Place, readPlace, threadOf } from './place.ts';
import type { QuestionParts } from './question-parts.ts';
import { surfaceFor } from './surface.ts';
import { orReport, postInThread } from './thread-posts.ts';

const TOO_OLD: FailureWords = {
  problem: 'flowlog was stopped before it answered this, more than a day ago.',
  next: 'Ask again if you still need it.',
};

/**
 * Answers what was in flight when the app last stopped, one after the other, each in the thread where it was asked.
 * Returns how many there are once they are known; answering goes on behind.
 */
export async function resumeQuestions(parts: QuestionParts): Promise<number> {
  const unfinished = await parts.asking.unfinished();
  const left = unfinished.filter(({ id }) => !parts.running.has(id));
  const ours: { readonly asked: Asked; readonly place: Place }[] = [];
  for (const asked of left) {
    const place = readPlace(asked.place);
    if (place !== undefined) ours.push({ asked, place });
    // A terminal on the same state may be waiting for it at this moment; one from yesterday is not.
    else if (isTooOld(asked, parts)) await parts.asking.abandon(asked.id);
  }
  void answerInTurn(ours, parts);
  return ours.length;
}

async function answerInTurn(
  questions: readonly { readonly asked: Asked; readonly place: Place }[],
  parts: QuestionParts,
): Promise<void> {
  for (const { asked, place } of questions) {
    try {
      const found = readAgain(asked, place, parts);
      await ('request' in found ? answerQuestion(found, parts) : giveUp(asked, place, found, parts));
    } catch (error) {
      reportFailure(error, { id: asked.id, line: asked.line, doing: 'resume' }, parts);
    }
  }
}

function readAgain(asked: Asked, place: Place, parts: QuestionParts): PlacedRequest | FailureWords {
  if (isTooOld(asked, parts)) return TOO_OLD;
  try {
    const { line, zone, ...kept } = asked;
    const question = parts.understand(line, zone);
    if ('help' in question) return cannot('it is not a question');
    return { request: { ...kept, question, isOutsider: place.isOutsider }, place };
  } catch (error) {
    if (error instanceof UserError) return cannot(error.message);
    throw error;
  }
}

function isTooOld({ askedAt }: Asked, { now }: Pick<QuestionParts, 'now'>): boolean {
  return now().getTime() - askedAt.getTime() > IN_FLIGHT_LASTS_MS;
}

function cannot(why: string): FailureWords {
  return { problem: 'flowlog was restarted and cannot answer this any more.', next: why };
}

/** Says why there will be no answer: where the progress stood, and to those who follow the thread. */
async function giveUp(asked: Asked, place: Place, words: FailureWords, parts: QuestionParts): Promise<void> {
  await parts.asking.abandon(asked.id);
  const message: Message = failureMessage(words, '');
  const threadTs = threadOf(place);
  if (threadTs === undefined) return;
  const thread = { channel: place.channel, threadTs };
  if (place.statusTs !== undefined) await orReport(surfaceFor(place, parts).end(message), thread, parts);
  if (place.kind === 'channel' || place.statusTs === undefined)
    await postInThread(bothForms(message), thread, parts);
}
