import { UserError } from '../../core/errors.ts';
import type { Understood } from '../../core/question.ts';
import type { Message } from '../../render/blocks/block.ts';
import { alreadyAsked } from '../../render/slack-message/already-asked.ts';
import { failureMessage, helpMessage } from '../../render/slack-message/private-message.ts';
import { type FailureWords, failureWords } from '../../render/words/failure.ts';
import { answerQuestion } from './answer-question.ts';
import { askedKey, type LatelyAsked } from './asked-lately.ts';
import { type Place, threadKey, writePlace } from './place.ts';
import type { QuestionParts } from './question-parts.ts';

/** A line as it was said: by whom and where is in the place. */
export interface SaidLine {
  /** The same for every delivery of the same request. */
  readonly id: string;
  readonly line: string;
  readonly place: Place;
}

/** What a line turned out to be. */
export type Reading =
  | { readonly kind: 'question'; readonly question: Understood }
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

const ZONE_UNKNOWN = 'Slack did not say in time which time zone is yours: times were read as UTC';

/** Reads a line in the asker's time zone. Nothing is run and nothing is written down. */
export async function readLine(
  line: string,
  person: string,
  prompt: string,
  parts: QuestionParts,
): Promise<Reading> {
  const { zone, known } = await parts.zoneOf(person);
  try {
    const understood = parts.understand(line, zone);
    if ('help' in understood) return { kind: 'help', text: parts.helpText(understood, prompt) };
    const notes = known ? understood.notes : [...understood.notes, ZONE_UNKNOWN];
    return { kind: 'question', question: { ...understood, notes } };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'mistake', words: failureWords(error, '') };
  }
}

/** Takes a question on: once, however often it is delivered. */
export async function takeQuestion(
  question: Understood,
  { id, place }: Omit<SaidLine, 'line'>,
  parts: QuestionParts,
): Promise<Heard> {
  const key = askedKey(question, place);
  const before = parts.askedLately.find(key);
  if (before?.id === id) return { kind: 'duplicate' };
  if (before !== undefined)
    return { kind: 'repeated', message: alreadyAsked(question, await linkTo(before, parts)) };
  parts.askedLately.remember(key, { id, place });
  const { person, channel } = place;
  const where = { channel, thread: threadKey(place), place: writePlace(place) };
  const request = { id, person, ...where, askedAt: parts.now(), question };
  try {
    if (!(await parts.asking.begin(request))) return { kind: 'duplicate' };
  } catch (error) {
    parts.askedLately.forget(key);
    throw error;
  }
  return { kind: 'taken', answer: () => answerQuestion({ request, place }, parts) };
}

/** What somebody may not do is told to them alone. */
async function takenOrRefused(
  question: Understood,
  said: SaidLine,
  prompt: string,
  parts: QuestionParts,
): Promise<Heard> {
  try {
    return await takeQuestion(question, said, parts);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'reply', message: failureMessage(failureWords(error, ''), prompt) };
  }
}

/** Hears a line; `prompt` is what the person types before one: `/flowlog `. */
export async function hearLine(said: SaidLine, prompt: string, parts: QuestionParts): Promise<Heard> {
  const reading = await readLine(said.line, said.place.person, prompt, parts);
  switch (reading.kind) {
    case 'question':
      return takenOrRefused(reading.question, said, prompt, parts);
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
