import { UserError } from '../../core/errors.ts';
import type { Entry } from '../../core/line/entry.ts';
import type { HelpWanted } from '../../core/line/understand.ts';
import type { KnownNames } from '../../core/operation/known-names.ts';
import { isCommand, type QuestionOrCommand, type RequestOrHelp } from '../../core/operation/request.ts';
import { plural } from '../../core/wording.ts';
import type { Message } from '../../render/blocks/block-types.ts';
import { type FailureWords, failureWords } from '../../render/failure.ts';
import type { HelpExample } from '../../render/help-tasks.ts';
import { alreadyAskedMessage, failureMessage, helpMessage } from '../../render/messages/notes.ts';
import type { Clients } from '../api/clients.ts';
import { reportFailure } from '../slack-log.ts';
import { type Actor, type Admission, admit } from './admission.ts';
import { type Answering, answerRequest } from './answer-request.ts';
import { type Place, threadKey, writePlace } from './place.ts';
import { type RecentRequest, recentKey } from './running.ts';
import type { SlackOutput } from './thread-posts.ts';

/** Parses lines, writes help, and knows what lines can hold. */
export interface LineReading {
  /** Name of the slash command. */
  readonly command: string;
  /** Reads a line, in microseconds. @throws UserError for a mistake. */
  readonly understand: (line: string, zone: string) => RequestOrHelp;
  /** `prompt` is what people type before a line where help was asked for: `/flowlog `. */
  readonly helpText: (wanted: HelpWanted, prompt: string) => string;
  /** All that a line can begin with: what forms are made of. */
  readonly catalog: readonly Entry[];
  /** What things are called here, to be found in a message. */
  readonly knownNames: KnownNames;
  /** Lines to begin with, for those who ask for help in general. */
  readonly helpExamples: readonly HelpExample[];
}

/** The parts that listeners share: who may ask, what reads a line, what answers it, and what writes into Slack. */
export interface SlackParts {
  readonly admission: Admission;
  readonly reading: LineReading;
  readonly answering: Answering;
  readonly output: SlackOutput;
}

/** A line as it came in; its place says who sent it and where. */
export interface IncomingLine {
  /** The workspaces that the payload names. */
  readonly teams: readonly string[];
  /** The same for every delivery of the same request. */
  readonly id: string;
  readonly line: string;
  readonly place: Place;
}

/** What a line turned out to be. */
type AdmittedLine =
  | { readonly kind: 'request'; readonly question: QuestionOrCommand; readonly isOutsider: boolean }
  | { readonly kind: 'mistake'; readonly words: FailureWords }
  | { readonly kind: 'help'; readonly text: string; readonly examples: readonly HelpExample[] };

/** What a listener has to do about a line. */
export type LineHandling =
  /** Reply to the person alone. */
  | { readonly kind: 'reply'; readonly message: Message }
  /** Reply that the same was asked a moment ago. */
  | { readonly kind: 'repeated'; readonly message: Message }
  /** The request is recorded: acknowledge, then answer. */
  | { readonly kind: 'taken'; readonly answer: () => Promise<void> }
  /** Nothing: the same request was delivered before. */
  | { readonly kind: 'duplicate' };

const ZONE_UNKNOWN = 'Slack does not say which time zone is yours: times were read as UTC';

/** Reads a line of a person who may ask, in their time zone. Nothing is run and nothing is recorded. */
export async function readAdmittedLine(
  line: string,
  actor: Actor,
  prompt: string,
  { admission, reading }: Pick<SlackParts, 'admission' | 'reading'>,
): Promise<AdmittedLine> {
  const admitted = await admit(actor, admission);
  if ('problem' in admitted) return { kind: 'mistake', words: admitted };
  const { zone, isOutsider } = admitted;
  try {
    const understood = reading.understand(line, zone ?? 'UTC');
    if ('help' in understood) {
      const examples = understood.help === 'all' ? reading.helpExamples : [];
      return { kind: 'help', text: reading.helpText(understood, prompt), examples };
    }
    const notes = zone === undefined ? [...understood.notes, ZONE_UNKNOWN] : understood.notes;
    return { kind: 'request', question: { ...understood, notes }, isOutsider };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { kind: 'mistake', words: failureWords(error, '') };
  }
}

/** What was asked, and whether who asks counts for `everyone`. */
type AdmittedRequest = Pick<Extract<AdmittedLine, { readonly kind: 'request' }>, 'question' | 'isOutsider'>;

/**
 * Takes a request on: once, however often it is delivered. @throws UserError for what the person may not do, where no place
 * is free for it, and while the app stops: nothing was written down then.
 */
export async function takeRequest(
  { question, isOutsider }: AdmittedRequest,
  { id, place: typedIn }: Pick<IncomingLine, 'id' | 'place'>,
  { answering, output }: Pick<SlackParts, 'answering' | 'output'>,
): Promise<LineHandling> {
  const { asking, recent, questionsAPerson } = answering;
  const place = { ...typedIn, isOutsider };
  const key = recentKey(question, place);
  const before = recent.find(key);
  if (before?.id === id) return { kind: 'duplicate' };
  if (before !== undefined)
    return {
      kind: 'repeated',
      message: alreadyAskedMessage(question, await linkTo(before, output.clients)),
    };
  if (output.stopping.aborted)
    throw new UserError('flowlog is restarting, and takes nothing new: ask again in a minute.');
  const { person, channel } = place;
  const leave = placeFor(question, place, answering);
  recent.remember(key, { id, place });
  const where = { channel, thread: threadKey(place), place: writePlace(place) };
  const isAlone = place.wants === 'rows';
  const request = { id, person, isOutsider, isAlone, ...where, askedAt: output.now(), question };
  try {
    if (!(await asking.begin(request, questionsAPerson))) {
      leave();
      return { kind: 'duplicate' };
    }
  } catch (error) {
    leave();
    recent.forget(key);
    throw error;
  }
  return { kind: 'taken', answer: () => answerRequest({ request, place }, answering, output).finally(leave) };
}

/** A command does not wait for questions: it has places of its own. @throws UserError where none is free. */
function placeFor(
  question: QuestionOrCommand,
  { channel, person }: Place,
  { places, queue }: Answering,
): () => void {
  const { questions, commands } = places;
  const leave = (isCommand(question) ? commands : questions).take({ channel, person });
  if (leave !== undefined) return leave;
  const { running, waiting } = queue();
  throw new UserError(
    isCommand(question)
      ? 'flowlog is at work on as many commands as it takes: give this one again in a minute.'
      : `flowlog is answering ${plural(running, 'question')} and ${waiting} wait, as many as it takes: ask again in a minute.`,
  );
}

/** Reads a line and takes its request on; `prompt` is what the person types before a line: `/flowlog `. */
export async function handleLine(
  incoming: IncomingLine,
  prompt: string,
  parts: SlackParts,
): Promise<LineHandling> {
  const { line, teams, place } = incoming;
  const read = await readAdmittedLine(line, { person: place.person, teams }, prompt, parts);
  switch (read.kind) {
    case 'mistake':
      return { kind: 'reply', message: failureMessage(read.words, prompt) };
    case 'help':
      return { kind: 'reply', message: helpMessage(read.text, read.examples) };
    case 'request':
      try {
        return await takeRequest(read, incoming, parts);
      } catch (error) {
        // A mention and a button have no other reply: whoever asked is not left without a word.
        const words =
          error instanceof UserError
            ? failureWords(error, '')
            : reportFailure(error, { person: place.person, line }, parts.output);
        return { kind: 'reply', message: failureMessage(words, prompt) };
      }
  }
}

async function linkTo({ place }: RecentRequest, { quick }: Clients): Promise<string | undefined> {
  if (place.statusTs === undefined) return undefined;
  try {
    const { permalink } = await quick.chat.getPermalink({
      channel: place.channel,
      message_ts: place.statusTs,
    });
    return permalink;
  } catch {
    return undefined;
  }
}
