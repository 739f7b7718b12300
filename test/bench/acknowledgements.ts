import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { createRandom } from '../../src/playground/aws/random.ts';
import { nextLine } from '../chaos/load-lines.ts';
import { probeSettings, readBlocks } from '../chaos/loop-blocks.ts';
import { type Sent, sendCommand, sendSteadily } from '../chaos/signed-load.ts';
import { freePort } from '../slack/free-port.ts';
import { startRunningApp } from '../support/running-app.ts';
import { type BenchSlack, startBenchSlack, workspaceSettings } from './bench-slack.ts';
import { type Figure, shownMs } from './figure.ts';
import { type BenchLake, keepAll } from './kept-slots.ts';

const [SECONDS, PER_SECOND, CONNECTIONS] = [20, 200, 256] as const;
const MEMORY_MB = 1_024;

/** Takes a request to its end and answers it: the least that an acknowledgement can be. */
const BARE = `const server = require('node:http').createServer((request, response) => {
  request.resume().on('end', () => response.end());
}).listen(0, '127.0.0.1', () => console.log(server.address().port));`;

/** Acknowledgements of one load, in milliseconds. */
interface Acks {
  readonly p50: number;
  readonly p99: number;
  readonly longest: number;
  readonly late: number;
}

/** Signed commands while a question reads the whole lake, cold and then kept, each beside a bare server of Node.js. */
export async function acknowledgementFigures(bench: BenchLake): Promise<readonly Figure[]> {
  const slack = await startBenchSlack();
  const bare = await startBare();
  try {
    const alone = await acksOf(bare.port, slack.responseUrl);
    const cold = await underScan(bench, 'cold', { slack, barePort: bare.port });
    const kept = await underScan(bench, 'kept', { slack, barePort: bare.port });
    return [...cold, ...kept, ...ackFigures('a bare server, nothing else runs', alone, undefined)];
  } finally {
    bare.stop();
    slack.stop();
  }
}

async function startBare(): Promise<{ readonly port: number; stop(): void }> {
  const bare = spawn(process.execPath, ['-e', BARE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = await once(bare.stdout, 'data');
  return { port: Number(String(port)), stop: () => void bare.kill('SIGKILL') };
}

/** What a scan runs beside. */
interface Beside {
  readonly slack: BenchSlack;
  readonly barePort: number;
}

/** The same load for the bare server and then for the app, while the app reads the lake for one question after the other. */
async function underScan(
  bench: BenchLake,
  state: 'cold' | 'kept',
  { slack, barePort }: Beside,
): Promise<readonly Figure[]> {
  const stateFolder = join(bench.folder, `acknowledging-${state}`);
  const probeFile = join(bench.folder, `blocks-${state}.json`);
  if (state === 'kept') await keepAll(bench, join(stateFolder, 'kept'));
  const port = await freePort();
  const app = await startRunningApp(appSettings(bench, slack, port, probeFile), /"ready"/, stateFolder);
  const scans = startScanning(bench, state, port, slack);
  try {
    await sleep(1_000);
    const bare = await acksOf(barePort, slack.responseUrl);
    const sinceMs = Date.now();
    const own = await acksOf(port, slack.responseUrl);
    const ended = await scans.stop();
    await app.stop();
    const [longest = 0] = readBlocks(probeFile, sinceMs);
    return [
      ...ackFigures(`${PER_SECOND} commands a second while ${state} files are read`, own, bare),
      {
        figure: `${state}: longest block of the event loop`,
        measured: shownMs(longest),
        beside: `${ended} questions over ${bench.files} files were read to their end`,
        ratio: undefined,
        toReach: '≤ 50 ms',
      },
    ];
  } finally {
    if (app.isAlive()) await app.kill();
  }
}

function appSettings({ lake }: BenchLake, slack: BenchSlack, port: number, probeFile: string) {
  return {
    ...workspaceSettings(slack, port),
    FLOWLOG_LAKE: lake,
    FLOWLOG_MEMORY_MB: String(MEMORY_MB),
    FLOWLOG_TIMEOUT_SECONDS: '600',
    FLOWLOG_QUESTIONS_A_PERSON: '1000',
    ...probeSettings(probeFile),
  };
}

/** Asks for the whole lake, and again once that is answered; each question is another one. */
function startScanning(bench: BenchLake, state: 'cold' | 'kept', port: number, slack: BenchSlack) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 1 });
  let [isGoing, ended] = [true, 0];
  const scan = async (nth: number) => {
    const sent = await sendCommand(
      {
        line: { kind: 'question', text: lineOver(bench, state, nth), person: 'U0SCANNER', channel: 'C0SCAN' },
        trigger: `scan-${state}-${nth}`,
        dueMs: performance.now(),
        responseUrl: slack.responseUrl,
      },
      pool,
    );
    // All places may be taken: then others scan.
    if (sent.reply !== '') return void (await sleep(500));
    while (isGoing && !(await slack.isOver(sent.id))) await sleep(100);
    if (isGoing) ended += 1;
  };
  const going = (async () => {
    for (let nth = 0; isGoing; nth += 1) await scan(nth);
  })();
  return {
    async stop(): Promise<number> {
      isGoing = false;
      await going;
      await pool.destroy();
      return ended;
    },
  };
}

function lineOver({ fromSeconds, files }: BenchLake, state: 'cold' | 'kept', nth: number): string {
  const at = (seconds: number) => `${new Date(seconds * 1_000).toISOString().slice(0, 16)}Z`;
  const window = `since ${at(fromSeconds)} until ${at(fromSeconds + files * 300)}`;
  return `timeline port=1-${10_000 + nth} ${window} names=off${state === 'cold' ? ' cache=off' : ''}`;
}

/** The load of `npm run chaos -- load`. */
async function acksOf(port: number, responseUrl: string): Promise<Acks> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, pipelining: 1 });
  const random = createRandom('bench', 'acknowledgements');
  try {
    const load = { seconds: SECONDS, perSecond: PER_SECOND, responseUrl };
    return summed(await sendSteadily({ ...load, nextLine: (nth) => nextLine(nth, random) }, pool));
  } finally {
    await pool.destroy();
  }
}

function summed(sent: readonly Sent[]): Acks {
  const sorted = sent.map(({ ackMs }) => ackMs).toSorted((a, b) => a - b);
  const at = (percent: number) => sorted[Math.max(Math.ceil((sorted.length * percent) / 100) - 1, 0)] ?? 0;
  return { p50: at(50), p99: at(99), longest: at(100), late: sorted.filter((ms) => ms > 3_000).length };
}

function ackFigures(figure: string, own: Acks, bare: Acks | undefined): readonly Figure[] {
  const figureOf = (name: string, of: (acks: Acks) => number, toReach: string): Figure => ({
    figure: `${figure}: ${name}`,
    measured: shownMs(of(own)),
    beside: bare === undefined ? '' : `a bare server meanwhile: ${shownMs(of(bare))}`,
    ratio: bare === undefined ? undefined : of(own) / of(bare),
    toReach,
  });
  const isOwn = bare !== undefined;
  return [
    figureOf('half within', ({ p50 }) => p50, ''),
    figureOf('99 of 100 within', ({ p99 }) => p99, isOwn ? '≤ 25 ms' : ''),
    figureOf('longest', ({ longest }) => longest, isOwn ? `none over 3 s (${own.late} are)` : ''),
  ];
}
