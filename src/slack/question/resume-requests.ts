import { type AskedLine, IN_FLIGHT_LASTS_MS, type TakenUp } from '../../core/answer/store.ts';
import { UserError } from '../../core/errors.ts';
import type { FailureWords } from '../../render/failure.ts';
import { failureMessage } from '../../render/messages/notes.ts';
import { bothForms } from '../api/message-forms.ts';
import { orReport, reportFailure } from '../slack-log.ts';
import { answerRequest, type PlacedRequest } from './answer-request.ts';
import type { LineReading, SlackParts } from './handle-line.ts';
import { surfaceFor } from './message-surfaces.ts';
import { type Place, readPlace, threadKey, threadOf } from './place.ts';
import { postMessage } from './thread-posts.ts';

const TOO_OLD: FailureWords = {
  problem: 'flowlog was stopped before it answered this, more than a day ago.',
  next: 'Ask again if you still need it.',
};

/** A request that was in flight when the app stopped. */
interface UnfinishedRequest {
  readonly asked: AskedLine;
  readonly place: Place;
}

type ResumeParts = Pick<SlackParts, 'reading' | 'answering' | 'output'>;

/**
 * Answers what was in flight when the app, or another process on its store, stopped, each in the thread where it was
 * asked. Those of a thread, or of a channel where they have none yet, come one after the other: what holds one thread up
 * holds up no other.
 * Returns how many requests there are; they are answered in the background.
 */
export async function resumeRequests(parts: ResumeParts, whose?: TakenUp): Promise<number> {
  const { asking, running } = parts.answering;
  const ours: UnfinishedRequest[] = [];
  for (const asked of await asking.unfinished(whose)) {
    if (running.has(asked.id)) continue;
    const place = readPlace(asked.place);
    if (place !== undefined) ours.push({ asked, place });
    // A terminal on the same state may be waiting for it at this moment; one from yesterday is not.
    else if (isTooOld(asked, parts.output.now())) await asking.abandon(asked.id);
  }
  for (const together of byPlace(ours)) void answerInTurn(together, parts);
  return ours.length;
}

/** Those of a thread together, each as old as it was. */
function byPlace(unfinished: readonly UnfinishedRequest[]): readonly (readonly UnfinishedRequest[])[] {
  const places = new Map<string, UnfinishedRequest[]>();
  for (const each of unfinished) {
    const key = threadKey(each.place) || each.place.channel;
    places.set(key, [...(places.get(key) ?? []), each]);
  }
  return [...places.values()];
}

async function answerInTurn(unfinished: readonly UnfinishedRequest[], parts: ResumeParts): Promise<void> {
  const { reading, answering, output } = parts;
  for (const { asked, place } of unfinished) {
    try {
      const found = isTooOld(asked, output.now()) ? TOO_OLD : readAgain({ asked, place }, reading);
      if ('request' in found) await answerRequest(found, answering, output);
      else await giveUp({ asked, place }, found, parts);
    } catch (error) {
      reportFailure(error, { id: asked.id, doing: 'resume' }, output);
    }
  }
}

function readAgain(
  { asked, place }: UnfinishedRequest,
  { understand }: LineReading,
): PlacedRequest | FailureWords {
  try {
    const { line, zone, ...kept } = asked;
    const question = understand(place.resolvedLine ?? line, zone);
    if ('help' in question) return cannotAnswer('it is not a question');
    return { request: { ...kept, question, isOutsider: place.isOutsider }, place, isResumed: true };
  } catch (error) {
    if (error instanceof UserError) return cannotAnswer(error.message);
    throw error;
  }
}

function isTooOld({ askedAt }: AskedLine, now: Date): boolean {
  return now.getTime() - askedAt.getTime() > IN_FLIGHT_LASTS_MS;
}

function cannotAnswer(why: string): FailureWords {
  return { problem: 'flowlog was restarted and cannot answer this any more.', next: why };
}

/** Says why there will be no answer: in the message that showed the progress, and to those who follow the thread. */
async function giveUp(
  { asked, place }: UnfinishedRequest,
  words: FailureWords,
  { answering, output }: ResumeParts,
): Promise<void> {
  await answering.asking.abandon(asked.id);
  const noteAnswer = async () => {};
  const posting = { request: asked.id, askedAt: asked.askedAt, isResumed: true, noteAnswer };
  const message = failureMessage(words, '');
  const threadTs = threadOf(place);
  if (threadTs === undefined) return;
  const thread = { channel: place.channel, threadTs };
  if (place.statusTs !== undefined)
    await orReport(
      surfaceFor(place, posting, output).end(message),
      { ...thread, doing: 'give a request up' },
      output,
    );
  if (place.kind === 'channel' || place.statusTs === undefined)
    await postMessage(bothForms(message), thread, output);
}
