import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Random } from '../../src/playground/aws/random.ts';
import { freePort } from '../slack/free-port.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';
import { type DistantSlack, startDistantSlack } from './distant-slack.ts';
import { nextLine, SLOW_CHANNEL } from './load-lines.ts';
import { probeSettings, readBlocks } from './loop-blocks.ts';
import { LOAD_SECRET, type Sent, sendSteadily } from './signed-load.ts';

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
    const lines = { nextLine: (nth: number) => nextLine(nth, random), responseUrl: slack.responseUrl };
    const sent = await sendSteadily({ seconds, perSecond, progress, ...lines }, pool);
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
    SLACK_SIGNING_SECRET: LOAD_SECRET,
    PORT: String(port),
    FLOWLOG_LOG_LEVEL: 'info',
    // One person asks a hundred questions: only the queue keeps them from the places of the others.
    FLOWLOG_QUESTIONS_A_PERSON: '1000',
    ...probeSettings(probeFile),
  };
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
