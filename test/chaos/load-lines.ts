import type { Random } from '../../src/playground/aws/random.ts';

/** One line that a person sends. */
export interface SentLine {
  readonly text: string;
  readonly kind: 'question' | 'other';
  readonly person: string;
  readonly channel: string;
}

/** So many people ask in so many channels. */
const [PEOPLE, CHANNELS] = [40, 12] as const;

/** This one asks a hundred questions where the others ask one, in the first channel. */
export const LOUD_PERSON = personId(0);

/** Slack takes seconds for each call that is for it. */
export const SLOW_CHANNEL = channelId(CHANNELS - 1);

const [SHARE_OF_QUESTIONS, SHARE_OF_LOUD_PERSON] = [0.25, 0.3] as const;

/** The next line of the load; `nth` makes each question another one, because the same is not taken twice. */
export function nextLine(nth: number, random: Random): SentLine {
  return random.chance(SHARE_OF_QUESTIONS) ? nextQuestion(nth, random) : nextOther(random);
}

/** A question, as `nextLine` has them. */
export function nextQuestion(nth: number, random: Random): SentLine {
  const isLoud = random.chance(SHARE_OF_LOUD_PERSON);
  const person = random.whole(1, PEOPLE - 1);
  return {
    kind: 'question',
    text: questionText(nth, random),
    person: isLoud ? LOUD_PERSON : personId(person),
    channel: isLoud ? channelId(0) : channelId(person % CHANNELS),
  };
}

/** A line that is none, as `nextLine` has them. */
export function nextOther(random: Random): SentLine {
  const person = random.whole(1, PEOPLE - 1);
  return {
    kind: 'other',
    text: random.pick(OTHERS),
    person: personId(person),
    channel: channelId(person % CHANNELS),
  };
}

function questionText(nth: number, random: Random): string {
  const port = 10_000 + (nth % 50_000);
  const dice = random.whole(1, 100);
  if (dice <= 3) return `records last ${random.whole(90, 180)}m port=1-${port}`;
  if (dice <= 25) return `top-talkers port=1-${port} last 1h`;
  if (dice <= 40) return `rejected port=1-${port} last 2h`;
  if (dice <= 55) return `timeline port=1-${port} last 2h`;
  if (dice <= 75) return `why 10.0.11.41 10.0.21.31:${port} last 1h`;
  return `to 10.0.21.31 port=${port} last 15m`;
}

/** What takes no place among the questions: help, mistakes, and operations that only look. */
const OTHERS: readonly string[] = [
  ...repeated(8, ['help', 'help traffic', 'help why', '']),
  ...repeated(4, [
    'tpo-talkers last 1h',
    'to 10.0.1.999 last 1h',
    'from db-1 prot=5432',
    'why web-1 db-l:5432 lats 1h',
  ]),
  ...repeated(2, [
    `to 10.0.1.5 ${'port=4432 '.repeat(50)}`,
    'who is talking to the database since it went down at noon?',
  ]),
  'status',
  'costs',
  'sources',
];

function repeated(times: number, texts: readonly string[]): readonly string[] {
  return Array.from({ length: times }, () => texts).flat();
}

function personId(nth: number): string {
  return `U0PERSON${String(nth).padStart(2, '0')}`;
}

function channelId(nth: number): string {
  return `C0CHANNEL${String(nth).padStart(2, '0')}`;
}
