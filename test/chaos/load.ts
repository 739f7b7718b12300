import { createHmac } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { z } from 'zod';
import type { Random } from '../../src/playground/aws/random.ts';
import { requestId } from '../../src/slack/connection/duplicates.ts';
import { freePort } from '../slack/free-port.ts';
import { commandBody } from '../slack/sign.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';
import { type DistantSlack, startDistantSlack } from './distant-slack.ts';
import { nextLine, type SentLine, SLOW_CHANNEL } from './load-lines.ts';

const SECRET = 'chaos-signing-secret';

/** How far away Slack is, in milliseconds; of one channel it takes each call late. */
const [NEAREST_MS, FARTHEST_MS, SLOW_CHANNEL_MS] = [15, 75, 3_000] as const;

export interface LoadOptions {
  readonly seconds: number;
  readonly perSecond: number;
  readonly random: Random;
  /** The database of the stores; a file in the state folder when left out. */
  readonly databaseUrl?: string | undefined;
  readonly progress?: ((sent: number) => void) | undefined;
  /** Called with the app once it runs; what it returns is called when nothing is worked on any more. */
  readonly observe?: (app: RunningApp) => () => void;
}

/** A line that was sent, and what became of it. */
export interface Sent extends SentLine {
  readonly id: string;
  readonly atMs: number;
  /** From when it was to be sent to the acknowledgement; infinite where there was none. */
  readonly ackMs: number;
  /** What the acknowledgement said to the person; empty where the line was taken. */
  readonly reply: string;
}

/** What is seen of a load: each line, what Slack shows, and how long the app and the generator were blocked. */
export interface LoadRun {
  readonly sent: readonly Sent[];
  readonly slack: Pick<DistantSlack, 'messages' | 'calls'>;
  /** Times for which the event loop of the app was blocked by itself, in milliseconds, the longest first. */
  readonly blocksMs: readonly number[];
  /** The 99th percentile of the delay of this process's own event loop, which is in every latency. */
  readonly generatorMs: number;
  /** From the last line until nothing was worked on any more. */
  readonly drainedMs: number;
}

/**
 * Sends signed commands at a steady rate, whatever becomes of them, to a real app over HTTP; then waits until every question
 * has its end, or nothing changes any more. A pool of connections sends, and a latency counts from when a line was due: the
 * generator cannot hide that the app is late. It takes about a quarter of a core itself.
 */
export async function runLoad({
  seconds,
  perSecond,
  random,
  databaseUrl,
  progress,
  observe = () => () => {},
}: LoadOptions): Promise<LoadRun> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-load-'));
  const delays = (channel: string) =>
    channel === SLOW_CHANNEL ? SLOW_CHANNEL_MS : random.whole(NEAREST_MS, FARTHEST_MS);
  const slack = await startDistantSlack(delays);
  const port = await freePort();
  const probeFile = join(folder, 'probe.json');
  const app = await startRunningApp(
    {
      ...appSettings(slack, port, probeFile),
      ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    },
    /"ready"/,
    folder,
  );
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 256, pipelining: 1 });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const observed = observe(app);
  try {
    loop.enable();
    const firstMs = Date.now();
    const sent = await sendAll({ seconds, perSecond, random, progress }, pool, slack.responseUrl);
    const generatorMs = loop.percentile(99) / 1e6;
    const drainedMs = await drained(slack, app);
    observed();
    await app.stop();
    return { sent, slack, blocksMs: readBlocks(probeFile, firstMs), generatorMs, drainedMs };
  } finally {
    if (app.isAlive()) await app.kill();
    await pool.destroy();
    await slack.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function appSettings(slack: DistantSlack, port: number, probeFile: string): Readonly<Record<string, string>> {
  return {
    FLOWLOG_SLACK_MODE: 'http',
    FLOWLOG_SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: 'xoxb-chaos-1',
    SLACK_SIGNING_SECRET: SECRET,
    PORT: String(port),
    FLOWLOG_LOG_LEVEL: 'info',
    // One person asks a hundred questions: only the queue keeps them from the places of the others.
    FLOWLOG_QUESTIONS_A_PERSON: '1000',
    NODE_OPTIONS: `--import ${new URL('loop-probe.mjs', import.meta.url)}`,
    LOOP_PROBE_FILE: probeFile,
    LOOP_PROBE_PROFILE: process.env.LOOP_PROBE_PROFILE ?? '',
  };
}

/** Each line is sent when it is due, and not when the one before is acknowledged. */
async function sendAll(
  { seconds, perSecond, random, progress }: LoadOptions,
  pool: Pool,
  responseUrl: string,
): Promise<readonly Sent[]> {
  const acks: Promise<Sent>[] = [];
  const startMs = performance.now();
  for (let nth = 0; nth < seconds * perSecond; nth += 1) {
    const dueMs = startMs + (nth * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    acks.push(send(nextLine(nth, random), `trigger-${nth}`, dueMs, pool, responseUrl));
    if (nth % (perSecond * 10) === 0) progress?.(nth);
  }
  return Promise.all(acks);
}

const ACK = z.object({ text: z.string() });

async function send(line: SentLine, trigger: string, atMs: number, pool: Pool, url: string): Promise<Sent> {
  const body = commandBody({
    text: line.text,
    user_id: line.person,
    channel_id: line.channel,
    trigger_id: trigger,
    response_url: url,
  });
  const seconds = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', SECRET).update(`v0:${seconds}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': seconds,
    'x-slack-signature': `v0=${digest}`,
  };
  const sent = { ...line, id: requestId('command', trigger), atMs };
  try {
    const answer = await pool.request({ path: '/slack/events', method: 'POST', headers, body });
    const said = await answer.body.text();
    if (answer.statusCode !== 200) return { ...sent, ackMs: Number.POSITIVE_INFINITY, reply: said };
    const reply = said === '' ? '' : ACK.parse(JSON.parse(said)).text;
    return { ...sent, ackMs: performance.now() - atMs, reply };
  } catch (error) {
    return { ...sent, ackMs: Number.POSITIVE_INFINITY, reply: String(error) };
  }
}

/** Longer than this nothing that the app does lasts without a call to Slack: a question is stopped after two minutes. */
const QUIET_MS = 20_000;
const LONGEST_DRAIN_MS = 240_000;

async function drained(slack: DistantSlack, app: RunningApp): Promise<number> {
  const startMs = performance.now();
  let [calls, changedMs] = [-1, startMs];
  for (;;) {
    await sleep(200);
    const nowMs = performance.now();
    if (slack.calls !== calls) [calls, changedMs] = [slack.calls, nowMs];
    const isWorking = slack.messages.some((message) => isWorkedOn(message.text));
    const isOver = nowMs - changedMs > (isWorking ? QUIET_MS : 4_000) || nowMs - startMs > LONGEST_DRAIN_MS;
    if (isOver || !app.isAlive()) return changedMs - startMs;
  }
}

/** Whether a message shows that a request is worked on. */
export function isWorkedOn(text: string): boolean {
  return /: (Looking|Reading|Paused|Waiting)/.test(text);
}

const BLOCKS = z.array(z.object({ at: z.number(), lateMs: z.number(), idleMs: z.number() }));

/** What an idle thread of the app was late by at the same time is not the loop's; before the first command is its start. */
function readBlocks(file: string, sinceMs: number): readonly number[] {
  if (!existsSync(file)) return [];
  const blocks = BLOCKS.parse(JSON.parse(readFileSync(file, 'utf8')));
  const under = blocks.filter(({ at, lateMs }) => at - lateMs > sinceMs);
  return under.map(({ lateMs, idleMs }) => Math.max(0, lateMs - idleMs)).toSorted((a, b) => b - a);
}
