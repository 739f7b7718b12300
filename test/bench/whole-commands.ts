import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, medianOf, shownMs, timed } from './figure.ts';
import { type BenchLake, openOver } from './kept-slots.ts';
import { memoryFigure, memoryOf } from './memory.ts';
import { writeTextLake } from './text-lake.ts';

const RUNS = 7;

/** The time of a command as a process of its own, beside a bare Node.js. */
async function command(
  figure: string,
  args: readonly string[],
  environment: object,
  toReach: string,
): Promise<Figure> {
  const run = (command: readonly string[]) => {
    const env = { PATH: process.env.PATH, ...environment };
    const { status, stderr } = spawnSync(process.execPath, command, { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`${command.join(' ')}: ${stderr}`);
  };
  run(args);
  const ownMs = await medianOf(RUNS, () => run(args));
  const bareMs = await medianOf(RUNS, () => run(['-e', '0']));
  const beside = `node -e 0: ${shownMs(bareMs)}`;
  return { figure, measured: shownMs(ownMs), beside, ratio: ownMs / bareMs, toReach };
}

/** `flowlog help`, and one line over an hour of files that are kept. */
export async function commandFigures({ folder }: Pick<BenchLake, 'folder'>): Promise<readonly Figure[]> {
  const [lake, state] = [join(folder, 'hour'), join(folder, 'state')];
  const fromSeconds = Math.floor(Date.now() / 300_000) * 300 - 3_600;
  await writeTextLake({ folder: lake, files: 12, recordsAFile: 2_000, fromSeconds });
  const local = await openOver(lake, join(state, 'kept'), folder);
  const window = { from: new Date(fromSeconds * 1_000), to: new Date() };
  const signal = new AbortController().signal;
  const scan = await local.sources.scanFor({ window, scope: {}, addresses: [], eni: undefined }, signal);
  await local.engine.run(
    { text: 'SELECT max("end") AS e FROM flow_records', bound: [], scan },
    () => {},
    signal,
  );
  await local.kept();
  local.close();
  const environment = { FLOWLOG_LAKE: lake, FLOWLOG_STATE: state };
  return [
    await command('`flowlog help`', ['dist/cli.js', 'help'], {}, '≤ 0.3 s'),
    await command(
      '`flowlog --json "…"` on a kept hour',
      ['dist/cli.js', '--json', 'to 10.0.9.9 last 1h'],
      environment,
      '≤ 0.6 s',
    ),
  ];
}

/**
 * How long `npm start` on a built tree takes until its page answers, and the memory it holds when nothing was asked, and
 * after a question.
 */
export async function startFigures({ folder }: Pick<BenchLake, 'folder'>): Promise<readonly Figure[]> {
  const env = { PATH: process.env.PATH, FLOWLOG_STATE: join(folder, 'start') };
  // The sample network is made once.
  stop((await startPlayground(env)).app);
  let started: Started | undefined;
  const readyMs = await medianOf(3, async () => {
    stop(started?.app);
    started = await startPlayground(env);
  });
  await sleep(IDLE_MS);
  const idleMb = await memoryOf(started?.app.pid, 'VmRSS');
  started?.app.stdin?.write('top-talkers last 1h\n');
  // The receipt of the answer.
  while (started !== undefined && !started.printed().includes('duckdb, free')) await sleep(100);
  await sleep(2 * IDLE_MS);
  const askedMb = await memoryOf(started?.app.pid, 'VmRSS');
  stop(started?.app);
  return [
    {
      figure: '`npm start` → the page answers',
      measured: shownMs(readyMs),
      beside: '',
      ratio: undefined,
      toReach: '≤ 1.5 s',
    },
    memoryFigure('memory, idle, nothing was asked', idleMb, '≤ 150 MB'),
    memoryFigure('memory, idle, after `top-talkers last 1h`', askedMb, ''),
  ];
}

/** Longer than a start works on, and half as long as idle threads stay. */
const IDLE_MS = 6_000;

/** An app with its playground, and what it has printed. */
interface Started {
  readonly app: ChildProcess;
  readonly printed: () => string;
}

/** Starts it and fetches the page at the address that it prints, which has a word of its own in it. */
async function startPlayground(env: Readonly<Record<string, string | undefined>>): Promise<Started> {
  const app = spawn(process.execPath, ['dist/main.js'], {
    env: { ...env, FLOWLOG_PLAYGROUND_PORT: '0' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let printed = '';
  const address = await new Promise<string>((resolve) => {
    app.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      const [found] = /http:\/\/\S+/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
  });
  const entered = await fetch(address, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const page = await fetch(new URL('/', address), { headers: { cookie } });
  if (!page.ok) throw new Error(`the page answers ${page.status}`);
  return { app, printed: () => printed };
}

function stop(app: ChildProcess | undefined): void {
  app?.kill('SIGKILL');
}

/** From the moment at which a file is whole to the answer that has its rows, in a running engine. */
export async function landingFigure({ folder }: Pick<BenchLake, 'folder'>): Promise<Figure> {
  const lake = join(folder, 'landing');
  const fromSeconds = Math.floor(Date.now() / 300_000) * 300 - 3_600;
  await writeTextLake({ folder: lake, files: 6, recordsAFile: 2_000, fromSeconds });
  const local = await openOver(lake, join(folder, 'landing-kept'), folder);
  const signal = new AbortController().signal;
  const newest = async () => {
    let end = 0;
    const window = { from: new Date(fromSeconds * 1_000), to: new Date() };
    const scan = await local.sources.scanFor({ window, scope: {}, addresses: [], eni: undefined }, signal);
    const take = ({ rows }: { readonly rows: readonly (readonly unknown[])[] }) => {
      end = Number(rows[0]?.[0] ?? end);
    };
    await local.engine.run(
      { text: 'SELECT max("end") AS e FROM flow_records', bound: [], scan },
      take,
      signal,
    );
    return end;
  };
  const before = await newest();
  await writeTextLake({ folder: lake, files: 7, recordsAFile: 2_000, fromSeconds });
  const landedMs = await timed(async () => {
    while ((await newest()) === before) await sleep(10);
  });
  local.close();
  return {
    figure: 'a file lands → its rows can be asked',
    measured: shownMs(landedMs),
    beside: '',
    ratio: undefined,
    toReach: '≤ 2 s',
  };
}
