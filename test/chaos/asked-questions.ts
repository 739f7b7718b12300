import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../src/playground/aws/random.ts';
import type { PlaygroundMessage } from '../../src/playground/slack/protocol.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { startSlackPlayground } from '../../src/playground/slack/start-slack-playground.ts';
import { ALL_SCOPES, MESSAGE_SHORTCUT } from '../../src/slack/scopes.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';

const CHANNEL = '#incident-42';
const TOKENS = { botToken: 'xoxb-chaos-1', appToken: 'xapp-chaos-1' } as const;

/** A question that the app acknowledged. */
export interface Asked {
  readonly port: number;
  readonly kind: 'command' | 'mention';
  /** Of a mention: its own message. */
  readonly ts: string | undefined;
  readonly askedMs: number;
}

/** What people see of the questions that were acknowledged. */
export interface Shown {
  /** Without an answer. */
  readonly lost: number;
  /** With more than one answer. */
  readonly twice: number;
  /** Messages that show that a question is worked on. */
  readonly orphans: number;
}

/** A workspace in which the app lives; `mayLook` is whether the app may look which of its messages were posted. */
export function startWorkspace(mayLook: boolean): Promise<SlackPlayground> {
  return startSlackPlayground({
    now: () => new Date(),
    newId: randomUUID,
    newSecret: randomUUID,
    ...TOKENS,
    scopes: scopesFor(mayLook),
    shortcuts: [{ ...MESSAGE_SHORTCUT, type: 'message' }],
  });
}

function scopesFor(mayLook: boolean): readonly string[] {
  return mayLook ? ALL_SCOPES : ALL_SCOPES.filter((scope) => !scope.endsWith(':history'));
}

/** Starts the app in a workspace, on a state folder, with its stores there or in a database. */
export function startApp(
  { slackApiUrl }: SlackPlayground,
  stateFolder: string,
  databaseUrl?: string,
): Promise<RunningApp> {
  const environment = {
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    FLOWLOG_SLACK_MODE: 'socket',
    FLOWLOG_SLACK_API_URL: slackApiUrl,
    SLACK_BOT_TOKEN: TOKENS.botToken,
    SLACK_APP_TOKEN: TOKENS.appToken,
    FLOWLOG_LOG_LEVEL: 'info',
    FLOWLOG_QUESTIONS_A_PERSON: '1000',
  };
  return startRunningApp(environment, /"ready"/, stateFolder);
}

/** Faults for the next calls: most are only slow. */
export function makeFlaky({ faults }: SlackPlayground, random: Random): void {
  faults.clear();
  for (let call = 0; call < 400; call += 1) {
    const percent = random.whole(1, 100);
    if (percent <= 3) faults.next('*', { kind: 'drop', when: 'after' });
    else if (percent <= 5) faults.next('*', { kind: 'drop', when: 'before' });
    else if (percent <= 6) faults.next('*', { kind: 'http_error', status: 503 });
    else faults.next('*', { kind: 'delay', delayMs: random.whole(15, 75) });
  }
}

/** Asks a question of its own; undefined where the app did not acknowledge it: then the person knows that it was not taken. */
export async function ask(
  playground: SlackPlayground,
  port: number,
  random: Random,
): Promise<Asked | undefined> {
  const line = `to 10.0.21.31 port=${port} last 15m`;
  const kind = random.chance(0.7) ? 'command' : 'mention';
  const text = kind === 'command' ? `/flowlog ${line}` : `@flowlog ${line}`;
  try {
    const reaction = await playground.type({ person: 'ana', channel: CHANNEL, text });
    if (reaction.outcome !== 'acked') return undefined;
  } catch {
    return undefined;
  }
  const own = playground
    .messages(CHANNEL)
    .find((message) => message.author.kind === 'person' && message.text.includes(`port=${port} `));
  return { port, kind, ts: own?.ts, askedMs: Date.now() };
}

/** The messages of the app that show a question or its answer. */
function shown(playground: SlackPlayground, { port, kind, ts }: Asked): readonly PlaygroundMessage[] {
  const own = playground.messages(CHANNEL).filter(({ author }) => author.kind === 'bot');
  if (kind === 'mention') return own.filter(({ threadTs }) => threadTs === ts);
  return own.filter(
    (message) => message.threadTs === undefined && JSON.stringify(message).includes(`port=${port}`),
  );
}

function repliesTo(playground: SlackPlayground, parent: PlaygroundMessage): readonly PlaygroundMessage[] {
  return playground
    .messages(CHANNEL)
    .filter(({ threadTs, author }) => threadTs === parent.ts && author.kind === 'bot');
}

function isWorking({ text }: PlaygroundMessage): boolean {
  return /Looking for|Reading|Paused|Waiting/.test(text);
}

/** Whether a question has its answer, or people read why it has none. */
export function isAnswered(playground: SlackPlayground, question: Asked): boolean {
  return shown(playground, question).some((message) => !isWorking(message));
}

/** Waits until every question has its answer, or nothing has changed for a while. */
export async function settled(playground: SlackPlayground, asked: readonly Asked[]): Promise<void> {
  let [calls, quiet] = [-1, 0];
  while (quiet < 15) {
    await sleep(1_000);
    const { lost, orphans } = count(playground, asked);
    if (lost === 0 && orphans === 0 && playground.calls.length === calls) return;
    quiet = playground.calls.length === calls ? quiet + 1 : 0;
    calls = playground.calls.length;
  }
}

/** Counts what people see now. */
export function count(playground: SlackPlayground, asked: readonly Asked[]): Shown {
  let [lost, twice, orphans] = [0, 0, 0];
  for (const question of asked) {
    const messages = shown(playground, question);
    const working = messages.filter(isWorking);
    const ended = messages.filter((message) => !isWorking(message));
    const replies =
      question.kind === 'command' ? ended.flatMap((parent) => repliesTo(playground, parent)) : [];
    orphans += working.length;
    if (ended.length === 0) lost += 1;
    if (ended.length > 1 || replies.length > 1) twice += 1;
  }
  return { lost, twice, orphans };
}
