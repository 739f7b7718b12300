import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { ALL_SCOPES } from '../../src/slack/scopes.ts';
import { script } from '../fakes/aws/answers.ts';
import { startFakeAws } from '../fakes/aws/fake-aws.ts';
import { startTestPlayground } from '../playground/slack/tiny-app.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';
import { startSignedApp } from './signed-app.ts';

const INCIDENT = '#incident-42';
const LINE = 'to 10.0.12.21 last 15m';
const PAUSED = 'Paused: flowlog is restarting and will answer afterwards.';
/** What a supervisor waits for before it kills. */
const MOST_MS = 25_000;
const ALWAYS = 10_000;

/** A workspace in which Slack sends an event again every two seconds until it is acknowledged. */
async function givenWorkspace() {
  const playground = await startTestPlayground({
    scopes: ALL_SCOPES,
    eventRetryMs: Array.from({ length: 30 }, () => 2_000),
  });
  onTestFinished(() => playground.stop());
  return playground;
}

/** Starts the built app in it, over the sample network unless the environment says otherwise. */
async function startIn(
  { slackApiUrl }: SlackPlayground,
  environment: Readonly<Record<string, string>> = {},
  earlierFolder?: string,
) {
  const app = await startRunningApp(
    {
      SLACK_BOT_TOKEN: 'xoxb-playground-1',
      SLACK_APP_TOKEN: 'xapp-playground-1',
      FLOWLOG_SLACK_API_URL: slackApiUrl,
      ...environment,
    },
    /"msg":"ready"/,
    earlierFolder,
  );
  onTestFinished(() => leave(app));
  return app;
}

async function leave(app: RunningApp): Promise<void> {
  if (app.isAlive()) await app.kill();
  rmSync(app.stateFolder, { recursive: true, force: true });
}

/** Where each question waits for ever, because AWS does not say which flow logs there are. */
async function silentAws(): Promise<Readonly<Record<string, string>>> {
  const answer = script({});
  const { endpoint } = await startFakeAws((call) =>
    call.action === 'DescribeFlowLogs' ? new Promise<never>(() => {}) : answer(call),
  );
  return {
    FLOWLOG_AWS_REGION: 'eu-central-1',
    FLOWLOG_DIRECT_MB: '0',
    FLOWLOG_AWS_ENDPOINT: endpoint,
    FLOWLOG_AWS_RANGES: 'no',
    AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
}

/**
 * Asks a process to end by a signal, and by a second one again and again: a busy process may see two as one. Says how and
 * after how long it ended.
 */
async function end({ process: child }: RunningApp, first: NodeJS.Signals, second?: NodeJS.Signals) {
  const startedMs = Date.now();
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  child.kill(first);
  const timer = second && setInterval(() => child.kill(second), 700);
  const code = await exited;
  clearInterval(timer);
  return { code, afterMs: Date.now() - startedMs };
}

const bots = (playground: SlackPlayground, channel = INCIDENT) =>
  playground
    .messages(channel)
    .filter(({ author, onlyFor }) => author.kind === 'bot' && onlyFor === undefined);
const parents = (playground: SlackPlayground) =>
  bots(playground).filter(({ threadTs, ts }) => threadTs === undefined || threadTs === ts);
const replies = (playground: SlackPlayground) =>
  bots(playground).filter(({ threadTs, ts }) => threadTs !== undefined && threadTs !== ts);

/** How often Slack took the words that a question waits. */
function saidPaused({ calls }: SlackPlayground): number {
  return calls.filter(({ method, args }) => method === 'chat.update' && JSON.stringify(args).includes(PAUSED))
    .length;
}

async function ask(playground: SlackPlayground, text = `/flowlog ${LINE}`) {
  const reaction = await playground.type({ person: 'ana', channel: INCIDENT, text });
  expect(reaction).toEqual({ outcome: 'acked' });
}

/** A question that waits, in a process that can be stopped. */
async function givenWaiting() {
  const playground = await givenWorkspace();
  const app = await startIn(playground, await silentAws());
  await playground.until(() => (playground.sockets() === 2 ? true : undefined));
  await ask(playground);
  await playground.until(() => parents(playground)[0]);
  return { playground, app };
}

/** So many questions are answered, each once and in its own thread, and none looks as if it were worked on. */
async function expectAnswered(playground: SlackPlayground, questions: number) {
  const open = () => parents(playground).filter(({ text }) => /Paused|Looking|Reading|Waiting/.test(text));
  await expect.poll(() => replies(playground).length, { timeout: 40_000 }).toBe(questions);
  await expect.poll(open, { timeout: 10_000 }).toEqual([]);
  // A second answer would come by then.
  await sleep(1_000);
  expect([parents(playground).length, replies(playground).length]).toEqual([questions, questions]);
}

it('a question that waits when its process is stopped says so, goes on at once in another one, and is answered once', async () => {
  const { playground, app } = await givenWaiting();
  const other = await startIn(playground, {}, app.stateFolder);
  const { code, afterMs } = await end(app, 'SIGTERM');
  expect(code).toBe(0);
  expect(afterMs).toBeLessThan(MOST_MS);
  expect(saidPaused(playground)).toBe(1);
  await expectAnswered(playground, 1);
  expect(other.isAlive()).toBe(true);
});

it('a question that waits when its process is stopped belongs to no process, and is answered once after the restart', async () => {
  const { playground, app } = await givenWaiting();
  expect((await end(app, 'SIGINT')).code).toBe(0);
  expect(parents(playground)[0]?.text).toContain(PAUSED);
  const database = new Database(join(app.stateFolder, 'state.db'), { readonly: true });
  expect(database.prepare('SELECT outcome, lease_ms FROM question').all()).toEqual([
    { outcome: null, lease_ms: 0 },
  ]);
  database.close();
  await startIn(playground, {}, app.stateFolder);
  await expectAnswered(playground, 1);
});

describe('a stop in mid-question', () => {
  it.each([
    ['hangs on every call', { kind: 'hang' } as const],
    // Longer than the stop waits would be too long: docs/reliability.md says what may be seen then.
    ['takes a second for every call', { kind: 'delay', delayMs: 1_000 } as const],
    ['answers every call with a fault', { kind: 'http_error', status: 503 } as const],
  ])('ends in time while Slack %s, and the question is answered once after the restart', async (_, fault) => {
    const { playground, app } = await givenWaiting();
    playground.faults.next('*', fault, ALWAYS);
    const { code, afterMs } = await end(app, 'SIGTERM');
    expect(code).toBe(0);
    expect(afterMs).toBeLessThan(MOST_MS);
    playground.faults.clear();
    await startIn(playground, {}, app.stateFolder);
    await expectAnswered(playground, 1);
  });

  it('ends in time while Slack hangs on the answer, which is shown once after the restart', async () => {
    const playground = await givenWorkspace();
    const app = await startIn(playground);
    await ask(playground);
    await playground.until(() => parents(playground)[0]);
    playground.faults.next('*', { kind: 'hang' }, ALWAYS);
    await sleep(4_000);
    const { code, afterMs } = await end(app, 'SIGTERM');
    expect([code, afterMs < MOST_MS]).toEqual([0, true]);
    playground.faults.clear();
    await startIn(playground, {}, app.stateFolder);
    await expectAnswered(playground, 1);
  });

  it('ends in time while another program holds the file of the store, and the question is answered once after the restart', async () => {
    const { playground, app } = await givenWaiting();
    const holder = new Database(join(app.stateFolder, 'state.db'));
    holder.exec('BEGIN EXCLUSIVE');
    const { code, afterMs } = await end(app, 'SIGTERM');
    expect([code, afterMs < MOST_MS]).toEqual([0, true]);
    expect(app.printed()).toContain('the store could not be closed');
    expect(saidPaused(playground)).toBe(1);
    holder.exec('ROLLBACK');
    holder.close();
    await startIn(playground, {}, app.stateFolder);
    await expectAnswered(playground, 1);
  });

  it.each([
    [['SIGTERM', 'SIGTERM'] as const, 143],
    [['SIGTERM', 'SIGINT'] as const, 130],
    [['SIGINT', 'SIGINT'] as const, 130],
  ])('ends at once with a second signal: %s', async ([first, second], expected) => {
    const { playground, app } = await givenWaiting();
    playground.faults.next('*', { kind: 'hang' }, ALWAYS);
    // A stop that was waited for would end with 0.
    expect((await end(app, first, second)).code).toBe(expected);
  });
});

describe('what comes while the app stops', () => {
  it('is not acknowledged through sockets; a mention is delivered again, and answered once', async () => {
    const { playground, app } = await givenWaiting();
    playground.faults.next('*', { kind: 'hang' }, ALWAYS);
    const ended = end(app, 'SIGTERM');
    await sleep(100);
    const type = (text: string) => playground.type({ person: 'ben', channel: INCIDENT, text });
    const [command, mention] = await Promise.all([
      type('/flowlog to 10.0.12.22 last 15m'),
      type('@flowlog to 10.0.12.23 last 15m'),
    ]);
    expect([command.outcome, mention.outcome]).toEqual(['failed', 'failed']);
    expect((await ended).code).toBe(0);
    playground.faults.clear();
    await startIn(playground, {}, app.stateFolder);
    // The mention has no parent message of flowlog: its reply is in the thread of the person's own.
    await expect.poll(() => replies(playground).length, { timeout: 40_000 }).toBe(2);
    expect(parents(playground)).toHaveLength(1);
  });

  it('is left to the next process where it came before the stop and was not written down', async () => {
    const playground = await givenWorkspace();
    const app = await startIn(playground);
    // Who asks is looked up before a line is written down.
    playground.faults.next('users.info', { kind: 'delay', delayMs: 1_000 });
    const mention = playground.type({ person: 'ben', channel: INCIDENT, text: `@flowlog ${LINE}` });
    await sleep(300);
    const { code } = await end(app, 'SIGTERM');
    expect([code, (await mention).outcome]).toEqual([0, 'failed']);
    expect(bots(playground)).toEqual([]);
    await startIn(playground, {}, app.stateFolder);
    await expect.poll(() => replies(playground).length, { timeout: 40_000 }).toBe(1);
  });

  it('is refused in words over HTTP, where a command was not written down yet', async () => {
    const signed = await startSignedApp();
    onTestFinished(async () => {
      await leave(signed.app);
      await signed.playground.stop();
    });
    signed.playground.faults.next('users.info', { kind: 'delay', delayMs: 1_000 });
    const typed = signed.playground.type({ person: 'ben', channel: INCIDENT, text: `/flowlog ${LINE}` });
    await sleep(300);
    const { code } = await end(signed.app, 'SIGTERM');
    expect([code, (await typed).outcome]).toEqual([0, 'acked']);
    const said = signed.playground.messages(INCIDENT).filter(({ onlyFor }) => onlyFor !== undefined);
    expect(said.map(({ text }) => text)).toEqual([
      expect.stringContaining('flowlog is restarting, and takes nothing new: ask again in a minute.'),
    ]);
    const database = new Database(join(signed.app.stateFolder, 'state.db'), { readonly: true });
    expect(database.prepare('SELECT id FROM question').all()).toEqual([]);
    database.close();
  });
});
