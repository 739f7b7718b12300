#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import type { Asking } from './app/asking.ts';
import { type Config, ConfigError, readConfig, readFlowlogYml } from './app/config.ts';
import { debugFor } from './app/debug.ts';
import { beginState } from './app/lasting-stores.ts';
import { ENTRIES, readingWithin } from './app/reading.ts';
import { prepareProcess, systemZone, THIS_WORLD } from './app/this-process.ts';
import { UserError } from './core/errors.ts';
import { helpFor } from './render/help-text.ts';
import {
  answerInTerminal,
  type ExitCode,
  printFailure,
  type TerminalParts,
} from './terminal/answer-in-terminal.ts';
import { readCommandLine, type TerminalOptions, USAGE } from './terminal/command-line.ts';
import { completeLine } from './terminal/complete-line.ts';
import { drained } from './terminal/csv-output.ts';
import { debugText } from './terminal/debug-text.ts';
import { pagerOf, showInPager } from './terminal/pager.ts';
import { paintFor } from './terminal/paint.ts';
import { promptForLines } from './terminal/prompt.ts';
import { startedAs } from './terminal/started-as.ts';
import type { StoreCommand } from './terminal/store-command.ts';

prepareProcess();

const print = (text: string) => void process.stdout.write(text);
const printAside = (text: string) => void process.stderr.write(text);
const { newId } = THIS_WORLD;

async function main(args: readonly string[]): Promise<ExitCode> {
  const form = args.includes('--json') ? 'json' : 'text';
  try {
    const options = readCommandLine(args);
    if (options.wanted === 'help') print(`${USAGE}\n`);
    else if (options.wanted === 'version') print(`${version()}\n`);
    else if (options.storeCommand !== undefined) await workOnStores(options.storeCommand, options);
    else return await answer(options);
    return 0;
  } catch (error) {
    const known = error instanceof ConfigError ? new UserError(error.message) : error;
    return printFailure({ print, printAside, prompt: 'flowlog ', newId }, form, known);
  }
}

async function workOnStores(command: StoreCommand, options: TerminalOptions): Promise<void> {
  const output = { print, drained: () => drained(process.stdout) };
  const { runStoreCommand } = await import('./app/store-commands.ts');
  const done = await runStoreCommand(command, configOf(options), THIS_WORLD, output);
  if (done !== '') print(`${done}\n`);
}

function configOf({ settings }: TerminalOptions): Config {
  return readConfig({ ...process.env, ...settings }, readFlowlogYml());
}

async function answer(options: TerminalOptions): Promise<ExitCode> {
  const config = configOf(options);
  const opened = openWhenAsked(config);
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  const asked = options.line !== '' || !process.stdin.isTTY;
  const started = {
    script: process.argv[1] ?? '',
    folder: process.cwd(),
    npmCommand: process.env.npm_command,
    settings: options.settings,
  };
  const prompt = asked ? startedAs(started) : '';
  const parts = {
    understand: readingWithin(config.longestWindow, THIS_WORLD.now),
    ask: async (...asked: Parameters<Asking['ask']>) => (await opened.asking()).ask(...asked),
    help: helpFor(ENTRIES, asked ? startedAs({ ...started, settings: {} }) : '', process.stdout.columns),
    zone: config.zone ?? systemZone(),
    prompt,
    width: process.stdout.columns,
    paint: paintFor(process.stdout),
    newId,
    print,
    drained: () => drained(process.stdout),
    printAside,
  };
  try {
    if (asked) return await answerPaged(parts, options, stopped.signal);
    const complete = async (line: string) =>
      completeLine(line, { catalog: ENTRIES, names: await (await opened.asking()).knownNames() });
    return await promptForLines(parts, process.stdin, process.stdout, complete);
  } finally {
    await opened.close();
  }
}

/** Opens what answers lines when the first of them is asked: help and a mistake need none of it. */
function openWhenAsked(config: Config) {
  let opening: Promise<{ readonly asking: Asking; readonly stopJobs: () => void }> | undefined;
  async function open() {
    const { opening } = await beginState(config, THIS_WORLD);
    const { openAsking } = await import('./app/asking.ts');
    const debug = debugFor(config.debug, (...line) => printAside(debugText(...line)));
    const asking = await openAsking(config, THIS_WORLD, { debug }, undefined, opening);
    // A flow log that is set up from here delivers while this process waits for it.
    return { asking, stopJobs: asking.start({ failed: () => {}, deleted: () => {} }) };
  }
  return {
    async asking(): Promise<Asking> {
      opening ??= open();
      return (await opening).asking;
    },
    async close(): Promise<void> {
      const opened = await opening?.catch(() => undefined);
      opened?.stopJobs();
      await opened?.asking.close();
    },
  };
}

/** A text on a terminal is shown whole, in a pager where it is longer than the screen. */
async function answerPaged(
  parts: TerminalParts,
  options: TerminalOptions,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { stdout, env } = process;
  if (!stdout.isTTY || !options.pages || options.form !== 'text')
    return answerInTerminal(parts, { ...options, signal });
  let text = '';
  const keep = (printed: string) => {
    text += printed;
  };
  const code = await answerInTerminal({ ...parts, print: keep }, { ...options, signal });
  await showInPager(text, { command: pagerOf(env), rows: stdout.rows, print, environment: env });
  return code;
}

function version(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return String(version);
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader closed the pipe early, as `head` does.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));
