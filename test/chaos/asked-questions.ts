import { randomUUID } from 'node:crypto';
import type { Random } from '../../src/playground/aws/random.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { startSlackPlayground } from '../../src/playground/slack/start-slack-playground.ts';
import { ALL_SCOPES, MESSAGE_SHORTCUT } from '../../src/slack/scopes.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';

export const CHANNEL = '#incident-42';
const TOKENS = { botToken: 'xoxb-chaos-1', appToken: 'xapp-chaos-1' } as const;

/** A question of a port of its own, typed or, for all rows of an answer, asked by the button of that. */
export interface Asked {
  readonly port: number;
  readonly kind: 'command' | 'mention' | 'rows';
  /** The message in whose thread the answer comes: a mention, or what is above the answer with the button. */
  readonly ts: string | undefined;
  /** Of the button: the last message that was in the thread when it was pressed. */
  readonly after?: string;
  readonly askedMs: number;
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

/** Where the app keeps its state, and what it answers from. */
export interface AppPlace {
  readonly stateFolder: string;
  /** Of the stores; a file in the state folder when left out. */
  readonly databaseUrl?: string | undefined;
  /** Of an account of AWS; the embedded engine when left out. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

/** Starts the app in a workspace. */
export function startApp(
  { slackApiUrl }: SlackPlayground,
  { stateFolder, databaseUrl, environment }: AppPlace,
): Promise<RunningApp> {
  const settings = {
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...environment,
    FLOWLOG_SLACK_MODE: 'socket',
    FLOWLOG_SLACK_API_URL: slackApiUrl,
    SLACK_BOT_TOKEN: TOKENS.botToken,
    SLACK_APP_TOKEN: TOKENS.appToken,
    FLOWLOG_LOG_LEVEL: 'info',
    FLOWLOG_QUESTIONS_A_PERSON: '1000',
  };
  return startRunningApp(settings, /"ready"/, stateFolder);
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

/** How a question is typed. */
export function kindOf(random: Random): 'command' | 'mention' {
  return random.chance(0.7) ? 'command' : 'mention';
}

/**
 * Asks a question of its own. The person knows that it was not taken where it was not acknowledged, which is undefined, and
 * where they were told why, which comes before the acknowledgement.
 */
export async function ask(
  playground: SlackPlayground,
  port: number,
  kind: 'command' | 'mention',
): Promise<Asked | { readonly refusal: string } | undefined> {
  const line = `to 10.0.21.31 port=${port} last 15m`;
  const text = kind === 'command' ? `/flowlog ${line}` : `@flowlog ${line}`;
  const saidBefore = saidToOne(playground).length;
  try {
    const reaction = await playground.type({ person: 'ana', channel: CHANNEL, text });
    if (reaction.outcome !== 'acked') return undefined;
  } catch {
    return undefined;
  }
  const refusal = saidToOne(playground)[saidBefore];
  if (refusal !== undefined) return { refusal };
  const own = playground
    .messages(CHANNEL)
    .find((message) => message.author.kind === 'person' && message.text.includes(`port=${port} `));
  return { port, kind, ts: own?.ts, askedMs: Date.now() };
}

/** What one person alone was told in the channel. */
function saidToOne(playground: SlackPlayground): readonly string[] {
  const alone = playground.messages(CHANNEL).filter(({ onlyFor }) => onlyFor !== undefined);
  return alone.map(({ text }) => text);
}

/** The button of an answer that asks for all of its rows as a file; undefined where the answer is not there, or has none. */
export function allRowsButton(playground: SlackPlayground, { port }: Asked): RowsButton | undefined {
  const messages = playground.messages(CHANNEL);
  const shown = messages.find(({ blocks }) => {
    const written = JSON.stringify(blocks);
    return written.includes(`port=${port}`) && written.includes('rows (CSV)');
  });
  const threadTs = shown?.threadTs;
  if (shown === undefined || threadTs === undefined) return undefined;
  const after = messages.filter((message) => message.threadTs === threadTs).at(-1)?.ts ?? shown.ts;
  return { ts: shown.ts, asked: { port, kind: 'rows', ts: threadTs, after } };
}

/** A button, and what a press of it asks. */
export interface RowsButton {
  readonly ts: string;
  readonly asked: Omit<Asked, 'askedMs'>;
}

/** Presses it; whether the app acknowledged that. */
export async function pressAllRows(playground: SlackPlayground, { ts }: RowsButton): Promise<boolean> {
  try {
    const press = { person: 'ben', channel: CHANNEL, ts, actionId: 'rows' };
    return (await playground.click(press)).outcome === 'acked';
  } catch {
    return false;
  }
}
