/**
 * The process of `npm run chaos -- hours`: the app, over an engine and a Slack that answer at once, on a clock that goes as
 * fast as questions are answered. Sends what it holds to the process that started it.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setTimeout as sleep, setImmediate as turnOfLoop } from 'node:timers/promises';
import Database from 'libsql';
import { Pool } from 'undici';
import { z } from 'zod';
import { openBackend } from '../../src/app/backend.ts';
import { readConfig } from '../../src/app/config.ts';
import { startApp } from '../../src/app/start-app.ts';
import { createRandom } from '../../src/playground/aws/random.ts';
import { freePort } from '../slack/free-port.ts';
import {
  askedAgain,
  nextAsked,
  nextRest,
  type SlackRequest,
  signedHeaders,
  stopOf,
} from './hours-requests.ts';
import { mapSizes } from './map-entries.ts';
import { createQuickSlack } from './quick-slack.ts';
import { createHeldQuestions, repeatingBackend } from './repeating-backend.ts';
import { sampleOf } from './soak.ts';

const [folder = '', hours = '24', questions = '100000', seed = '1'] = process.argv.slice(2);
const SECRET = 'chaos-signing-secret';
const HOUR_MS = 3_600_000;
const TABLES = ['question', 'scan', 'audit', 'operation', 'name_span'] as const;
const SAMPLES = 20;
const everyMs = (Number(hours) * HOUR_MS) / Number(questions);
/** So many requests are sent before one of them is answered: of the time that each has, the clock takes a small part. */
const AT_ONCE = Math.max(1, Math.min(16, Math.floor(20_000 / everyMs)));
/** Jobs that come more often than the clock goes on would be left out. */
const LONGEST_STEP_MS = 5_000;

const LONGEST_START_MS = 5_000;

const report = (message: object) => void process.send?.(message);
const random = createRandom('hours', seed);
const api = 'http://127.0.0.1:9/api/';
const slack = createQuickSlack(api);
globalThis.fetch = slack.fetch;
// The jobs of the app run by it; pauses and time limits are as long as they are.
mock.timers.enable({ apis: ['setInterval'] });

let clockMs = Date.now();
const port = await freePort();
const held = createHeldQuestions();
const ageDays = String(Number(hours) / 4 / 24);
const config = readConfig({
  FLOWLOG_SLACK_MODE: 'http',
  FLOWLOG_SLACK_API_URL: api,
  SLACK_BOT_TOKEN: 'xoxb-chaos-1',
  SLACK_SIGNING_SECRET: SECRET,
  PORT: String(port),
  FLOWLOG_STATE: folder,
  FLOWLOG_METRICS_PORT: '0',
  FLOWLOG_QUESTIONS_A_PERSON: '1000',
  FLOWLOG_HISTORY_DAYS: ageDays,
  FLOWLOG_AUDIT_DAYS: ageDays,
  FLOWLOG_NAME_DAYS: ageDays,
  FLOWLOG_DOLLARS_A_QUESTION: '1000',
  FLOWLOG_DOLLARS_A_THREAD: '1000000',
  FLOWLOG_DOLLARS_A_DAY: '1000000',
});
const world = {
  now: () => new Date(clockMs),
  elapsedMs: () => performance.now(),
  newId: () => randomUUID(),
  random: () => Math.random(),
};
const app = await startApp({ ...config, zone: 'UTC' }, world, async (given, scans, of) =>
  repeatingBackend(await openBackend(given, scans, of), scans, { random, held }),
);
process.once('SIGTERM', () => void app.stop());
let isOver = false;
// Who started it may be stopped in the middle.
process.once('disconnect', () => {
  if (!isOver) process.exit(1);
});

const pool = new Pool(`http://127.0.0.1:${port}`, { connections: AT_ONCE });
let [sent, underWay] = [0, 0];

async function send(request: SlackRequest): Promise<void> {
  while (underWay >= AT_ONCE || slack.working() >= 2 * AT_ONCE) await turnOfLoop();
  underWay += 1;
  try {
    const headers = signedHeaders(request, SECRET);
    const { statusCode, body } = await pool.request({
      path: '/slack/events',
      method: 'POST',
      headers,
      body: request.body,
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`a request was answered with ${statusCode}: ${request.body}`);
  } finally {
    underWay -= 1;
  }
}

async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= LONGEST_STEP_MS) {
    const stepMs = Math.min(left, LONGEST_STEP_MS);
    clockMs += stepMs;
    mock.timers.tick(stepMs);
    await turnOfLoop();
  }
}

async function ask(): Promise<void> {
  sent += 1;
  if (sent % 10 === 0) await send(nextRest(-sent, random));
  if (sent % 50 === 1) return send(askedAgain(sent, random));
  const request = nextAsked(sent, slack.buttons, random);
  if (sent % 100 !== 0 || request.id === undefined) return send(request);
  const begun = held.hold(request.id);
  const stop = stopOf(request.id, sent);
  await send(request);
  // One that was refused never begins.
  await Promise.race([begun, sleep(LONGEST_START_MS)]);
  await send(stop);
}

/** Nothing is worked on any more, and what can be collected is. */
async function settle(): Promise<void> {
  for (let calls = -1; underWay + slack.working() > 0 || slack.calls !== calls; ) {
    calls = slack.calls;
    await sleep(100);
  }
  for (let times = 0; times < 3; times += 1) {
    globalThis.gc?.();
    await sleep(20);
  }
}

const ROWS = z.object({ rows: z.number() });

function rowsOf(): Readonly<Record<string, number>> {
  const database = new Database(join(folder, 'state.db'), { readonly: true });
  const count = (table: string) =>
    ROWS.parse(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()).rows;
  const rows = Object.fromEntries(TABLES.map((table) => [table, count(table)]));
  database.close();
  return rows;
}

async function sample(): Promise<void> {
  await settle();
  // Looking costs memory, which is collected again before it is measured.
  const sizes = mapSizes();
  await settle();
  const { heapUsed, external } = process.memoryUsage();
  report({
    questions: sent,
    held: sampleOf(process.pid, folder),
    heapBytes: heapUsed + external,
    mapEntries: sizes.reduce((sum, size) => sum + size, 0),
    rows: rowsOf(),
  });
}

const total = Number(questions);
for (let done = 0; done < total; ) {
  const running: Promise<void>[] = [];
  for (const until = done + Math.ceil(total / SAMPLES); done < Math.min(until, total); done += 1) {
    await pass(everyMs);
    running.push(ask());
    while (underWay >= AT_ONCE || slack.working() >= 2 * AT_ONCE) await turnOfLoop();
  }
  await Promise.all(running);
  await sample();
}
// What was asked last gets too old as well.
for (let minutes = 0; minutes < (Number(hours) / 4 + 2) * 60; minutes += 1) {
  await pass(60_000);
}
await sample();
isOver = true;
process.disconnect?.();
