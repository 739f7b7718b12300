import { UserError } from '../../core/errors.ts';
import type { Understood } from '../../core/question.ts';
import type { Message } from '../../render/blocks/block.ts';
import { type FailureWords, failureWords } from '../../render/failure.ts';
import { alreadyAskedMessage, failureMessage, helpMessage } from '../../render/messages/private-message.ts';
import { type Actor, admit } from './admission.ts';
import { answerQuestion } from './answer-request.ts';
import { type Place, threadKey, writePlace } from './place.ts';
import type { QuestionParts } from './question-parts.ts';
import { askedKey, type LatelyAsked } from './running.ts';

/** A line as it was said: by whom and where is in the place. */
export interface SaidLine {
  /** The workspaces that the payload names. */
  readonly teams: readonly string[];
  /** The same for every delivery of the same request. */
  readonly id: string;
  readonly line: string;
  readonly place: Place;
}

/** What a line turned out to be. */
export type Reading =
  | { readonly kind: 'question'; readonly question: Understood; readonly isOutsider: boolean }
  | { readonly kind: 'mistake'; readonly words: FailureWords }
  | { readonly kind: 'help'; readonly text: string };

/** What is to be done about a line. */
export type Heard =
  /** Tell the person alone. */
  | { readonly kind: 'reply'; readonly message: Message }
  /** The same was asked a moment ago. */
  | { readonly kind: 'repeated'; readonly message: Message }
  /** It is written down: acknowledge, then answer. */
  | { readonly kind: 'taken'; readonly answer: () => Promise<void> }
  /** The same request was delivered before. */
  | { readonly kind: 'duplicate' };

const ZONE_UNKNOWN = 'Slack does not say which time zone is yours: times were read as UTC';

/** Reads a line of somebody who may ask, in their time zone. Nothing is run and nothing is written down. */
export async function readLine(
  line: string,
  actor: Actor,
  prompt: string,
  parts: QuestionParts,
): Promise<Reading> {
  const welcome = await admit(actor, parts);
  if ('problem' in welcome) return { kind: 'mistake', words: welcome };
  const { zone, isOutsider } = welcome;
  try {
    const understood = parts.understand(line, zone ?? 'UTC');
    if ('help' in understood) return { kind: 'help', text: parts.helpText(understood, prompt) };
    const notes = zone === undefined ? [...understood.notes, ZONE_UNKNOWN] : understood.notes;
    return { kind: 'question', question: { ...understood, notes }, isOutsider };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'mistake', words: failureWords(error, '') };
  }
}

/** A question, and whether who asks it is meant by `everyone`. */
type Asking = Pick<Extract<Reading, { readonly kind: 'question' }>, 'question' | 'isOutsider'>;

/** Takes a question on: once, however often it is delivered. */
export async function takeQuestion(
  { question, isOutsider }: Asking,
  { id, place: asked }: Pick<SaidLine, 'id' | 'place'>,
  parts: QuestionParts,
): Promise<Heard> {
  const place = { ...asked, isOutsider };
  const key = askedKey(question, place);
  const before = parts.askedLately.find(key);
  if (before?.id === id) return { kind: 'duplicate' };
  if (before !== undefined)
    return { kind: 'repeated', message: alreadyAskedMessage(question, await linkTo(before, parts)) };
  parts.askedLately.remember(key, { id, place });
  const { person, channel } = place;
  const where = { channel, thread: threadKey(place), place: writePlace(place) };
  const request = { id, person, isOutsider, ...where, askedAt: parts.now(), question };
  try {
    if (!(await parts.asking.begin(request, parts.questionsAPerson))) return { kind: 'duplicate' };
  } catch (error) {
    parts.askedLately.forget(key);
    throw error;
  }
  return { kind: 'taken', answer: () => answerQuestion({ request, place }, parts) };
}

/** What somebody may not do is told to them alone. */
async function takenOrRefused(
  asking: Asking,
  said: SaidLine,
  prompt: string,
  parts: QuestionParts,
): Promise<Heard> {
  try {
    return await takeQuestion(asking, said, parts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'reply', message: failureMessage(failureWords(error, ''), prompt) };
  }
}

/** Hears a line; `prompt` is what the person types before one: `/flowlog `. */
export async function hearLine(said: SaidLine, prompt: string, parts: QuestionParts): Promise<Heard> {
  const { line, teams, place } = said;
  const reading = await readLine(line, { person: place.person, teams }, prompt, parts);
  switch (reading.kind) {
    case 'question':
      return takenOrRefused(reading, said, prompt, parts);
    case 'mistake':
      return { kind: 'reply', message: failureMessage(reading.words, prompt) };
    case 'help':
      return { kind: 'reply', message: helpMessage(reading.text) };
  }
}

async function linkTo({ place }: LatelyAsked, { clients }: QuestionParts): Promise<string | undefined> {
  if (place.statusTs === undefined) return undefined;
  try {
    const { permalink } = await clients.hasty.chat.getPermalink({
      channel: place.channel,
      message_ts: place.statusTs,
    });
    return permalink;
  } catch {
    return undefined;
  }
}
