import { setTimeout as sleep } from 'node:timers/promises';
import type { PlaygroundMessage } from '../../src/playground/slack/protocol.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { type Asked, CHANNEL } from './asked-questions.ts';

/** What people see of the questions that were acknowledged. */
export interface Shown {
  /** Without an answer, or without the file that was asked for. */
  readonly lost: number;
  /** With more than one answer. */
  readonly twice: number;
  /** Messages that show that a question is worked on. */
  readonly orphans: number;
  /** Of which people read that they failed. */
  readonly failed: number;
  /** With a finding, and without what belongs below it. */
  readonly halves: number;
  /** Files that were attached once more. */
  readonly filesAgain: number;
}

/** The messages of the app about one question. */
export interface Seen {
  readonly working: readonly PlaygroundMessage[];
  readonly ended: readonly PlaygroundMessage[];
  /** Below the finding of a command. */
  readonly replies: readonly PlaygroundMessage[];
  readonly files: readonly PlaygroundMessage[];
}

/** What is seen of each of some questions; `pressed` are those for all rows, in the threads of others. */
export function look(
  playground: SlackPlayground,
  asked: readonly Asked[],
  pressed: readonly Asked[],
): ReadonlyMap<Asked, Seen> {
  const own = playground.messages(CHANNEL).filter(({ author }) => author.kind === 'bot');
  const threads = grouped(own, ({ threadTs }) => threadTs);
  const parents = grouped(threads.get(undefined) ?? [], portIn);
  const pressedAfter = new Map(pressed.map(({ port, after = '' }) => [port, after]));
  return new Map(
    asked.map((question): [Asked, Seen] => {
      const { port, kind, ts, after = '' } = question;
      if (kind === 'rows')
        return [question, seenIn((threads.get(ts) ?? []).filter((message) => message.ts > after))];
      const before = pressedAfter.get(port);
      const inThread = (of: string | undefined) =>
        (threads.get(of) ?? []).filter((message) => before === undefined || message.ts <= before);
      if (kind === 'mention') return [question, seenIn(inThread(ts))];
      const above = parents.get(port) ?? [];
      return [
        question,
        seenIn(
          above,
          above.filter(hasEnded).flatMap((parent) => inThread(parent.ts)),
        ),
      ];
    }),
  );
}

/** Says which questions were lost or answered twice, and with what: what is needed to find out why. */
export function sayOdd(
  playground: SlackPlayground,
  asked: readonly Asked[],
  pressed: readonly Asked[],
): void {
  for (const [question, { ended, replies }] of look(playground, asked, pressed)) {
    if (ended.length === 0 && question.kind !== 'rows') console.error('Lost:', JSON.stringify(question));
    for (const same of [ended, replies])
      if (same.length > 1)
        console.error(
          'Twice:',
          JSON.stringify([question, same.map(({ ts, author, text }) => ({ ts, author, text }))]),
        );
  }
}

function grouped<K>(
  messages: readonly PlaygroundMessage[],
  keyOf: (message: PlaygroundMessage) => K,
): ReadonlyMap<K, readonly PlaygroundMessage[]> {
  const groups = new Map<K, PlaygroundMessage[]>();
  for (const message of messages) {
    const key = keyOf(message);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [message]);
    else group.push(message);
  }
  return groups;
}

function portIn(message: PlaygroundMessage): number {
  return Number(/port=(\d+)/.exec(JSON.stringify(message))?.[1]);
}

function seenIn(messages: readonly PlaygroundMessage[], below: readonly PlaygroundMessage[] = []): Seen {
  const isFile = ({ files }: PlaygroundMessage) => files.length > 0;
  const words = messages.filter((message) => !isFile(message));
  return {
    working: words.filter((message) => !hasEnded(message)),
    ended: words.filter(hasEnded),
    replies: below.filter((message) => !isFile(message)),
    files: [...messages, ...below].filter(isFile),
  };
}

function hasEnded({ text }: PlaygroundMessage): boolean {
  return !/Looking for|Reading|Paused|Waiting/.test(text);
}

/** A finding does not begin with the line. */
function hasFailed({ ended }: Seen): boolean {
  return ended.some(({ text }) => text.startsWith('to 10.0.21.31 '));
}

/** Whether a question has its answer, or people read why it has none. */
export function isAnswered({ ended }: Seen): boolean {
  return ended.length > 0;
}

/** Whether nothing is to come any more. */
export function isWhole({ kind }: Asked, seen: Seen): boolean {
  if (!isAnswered(seen) || hasFailed(seen)) return isAnswered(seen);
  if (kind === 'rows') return seen.files.length > 0;
  return kind === 'mention' || seen.replies.length > 0;
}

/** What is waited for at the end. */
interface Settling {
  readonly pressed?: readonly Asked[];
  /** Where it may not, a first message and a missing table stay as they are. */
  readonly mayLook?: boolean;
}

/** Waits until every question has its answer, or nothing has changed for a while. */
export async function settled(
  playground: SlackPlayground,
  asked: readonly Asked[],
  { pressed = [], mayLook = true }: Settling = {},
): Promise<void> {
  const newest = () => playground.calls.at(-1);
  let [call, quietMs] = [newest(), 0];
  while (quietMs < LONGEST_QUIET_MS) {
    await sleep(LOOK_EVERY_MS);
    quietMs = newest() === call ? quietMs + LOOK_EVERY_MS : 0;
    call = newest();
    const { lost, orphans, halves } = count(playground, asked, pressed);
    const isDone = lost + (mayLook ? orphans + halves : 0) === 0;
    if (isDone && quietMs >= (mayLook ? QUIET_MS : UNSURE_QUIET_MS)) return;
  }
}

const LOOK_EVERY_MS = 500;
const QUIET_MS = 1_000;
/** Longer than a question of the embedded engine takes between two of its messages. */
const UNSURE_QUIET_MS = 4_000;
/** Longer than a lease of what another process held, and than the pauses between tries. */
const LONGEST_QUIET_MS = 15_000;

/** Counts what people see now. */
export function count(
  playground: SlackPlayground,
  asked: readonly Asked[],
  pressed: readonly Asked[] = [],
): Shown {
  const sum = { lost: 0, twice: 0, orphans: 0, failed: 0, halves: 0, filesAgain: 0 };
  for (const [question, seen] of look(playground, asked, pressed)) {
    const { working, ended, replies, files } = seen;
    const isHalf = isAnswered(seen) && !isWhole(question, seen);
    sum.orphans += working.length;
    sum.filesAgain += Math.max(files.length - 1, 0);
    if (ended.length > 1 || replies.length > 1) sum.twice += 1;
    if (hasFailed(seen)) sum.failed += 1;
    if (!isAnswered(seen) || (isHalf && question.kind === 'rows')) sum.lost += 1;
    else if (isHalf) sum.halves += 1;
  }
  return sum;
}
