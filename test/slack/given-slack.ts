import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Store } from '../../src/core/answer/store.ts';
import type { Act } from '../../src/core/operation/act.ts';
import { createAnswerRequests } from '../../src/core/operation/answer-requests.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import type { ResolveNames } from '../../src/core/operation/resolve-names.ts';
import type { PlaygroundOptions } from '../../src/playground/slack/options.ts';
import type { SlackPlayground } from '../../src/playground/slack/slack-playground.ts';
import { startSlackPlayground } from '../../src/playground/slack/start-slack-playground.ts';
import { helpExamples } from '../../src/render/help-tasks.ts';
import { helpFor } from '../../src/render/help-text.ts';
import type { SlackTimes } from '../../src/slack/api/times.ts';
import { ALL_SCOPES, MESSAGE_SHORTCUT } from '../../src/slack/scopes.ts';
import { createSlackApp, type SlackApp, type SlackAppParts } from '../../src/slack/slack-app.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { ENTRIES } from '../support/given-sample.ts';
import { createScript, type Script } from './script.ts';

/** One line of the log. */
export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** The app on a playground, with a store in memory and a script for an engine. */
export interface GivenSlack {
  readonly playground: SlackPlayground;
  readonly app: SlackApp;
  readonly script: Script;
  readonly store: Store;
  readonly log: readonly LogLine[];
  /** Another app on the same playground and store, as after a restart. */
  again(): Promise<SlackApp>;
}

export const TOKENS = { botToken: 'xoxb-test-1', appToken: 'xapp-test-1' } as const;

const NONE_ELSE = { teams: [], guests: false };
const CSV_FOLDER = join(tmpdir(), 'flowlog-test-csv');

let lastId = 0;

/** A short text that never repeats. */
export function nextId(): string {
  lastId += 1;
  return `id${String(lastId).padStart(4, '0')}`;
}

/** What differs from the usual app and playground. */
export interface GivenOptions {
  readonly playground?: Partial<PlaygroundOptions>;
  readonly mode?: SlackAppParts['mode'];
  readonly now?: () => Date;
  readonly csvFolder?: string;
  readonly admitted?: SlackAppParts['admitted'];
  readonly questionsAPerson?: number;
  readonly most?: SlackAppParts['most'];
  readonly queue?: SlackAppParts['queue'];
  /** Acts for real where operations are tested. */
  readonly act?: Act;
  /** Looks names up; without it a question with names is asked as it is. */
  readonly resolveNames?: ResolveNames;
  readonly watch?: SlackAppParts['watch'];
  /** What things are called, for the shortcut of a message. */
  readonly names?: ReadonlySet<string>;
  /** Where questions are kept; in memory without it. */
  readonly store?: Store;
  /** How long the app waits for Slack. */
  readonly times?: SlackTimes;
}

/** Starts playground and app; both stop when the test does. */
export async function givenSlack(options: GivenOptions = {}): Promise<GivenSlack> {
  const playground = await givenPlayground(options);
  const store = options.store ?? (await openStores({ path: ':memory:' })).store;
  const script = createScript();
  const log: LogLine[] = [];
  const start = async () => {
    const app = createSlackApp(partsOf(playground, store, script, log, options));
    onTestFinished(() => app.stop(500));
    await app.start();
    if (options.mode === undefined)
      await playground.until(() => (playground.sockets() >= 2 ? true : undefined));
    return app;
  };
  return { playground, app: await start(), script, store, log, again: start };
}

/** A playground that stops when the test does. */
export async function givenPlayground({
  playground: options,
  now = () => new Date(),
}: GivenOptions): Promise<SlackPlayground> {
  const playground = await startSlackPlayground({
    now,
    newId: nextId,
    newSecret: nextId,
    ...TOKENS,
    scopes: ALL_SCOPES,
    shortcuts: [{ callbackId: MESSAGE_SHORTCUT.callbackId, name: MESSAGE_SHORTCUT.name, type: 'message' }],
    ...options,
  });
  onTestFinished(() => playground.stop());
  return playground;
}

/** The collaborators of an app, real but for the engine. */
export function partsOf(
  playground: Pick<SlackPlayground, 'slackApiUrl'>,
  store: Store,
  script: Script,
  log: LogLine[],
  {
    mode,
    now = () => new Date(),
    act = script.act,
    csvFolder = CSV_FOLDER,
    admitted = NONE_ELSE,
    questionsAPerson,
    most,
    queue = () => ({ running: 0, waiting: 0 }),
    resolveNames = async (question) => question,
    watch,
    names = new Set<string>(),
    times,
  }: GivenOptions = {},
): SlackAppParts {
  const write = (level: LogLine['level']) => (fields: LogLine['fields'], message: string) =>
    void log.push({ level, fields, message });
  const understand = (line: string, zone: string) =>
    readRequest(line, {
      catalog: ENTRIES,
      now: now(),
      zone,
      longestWindowSeconds: 7 * 86_400,
      command: '/flowlog',
    });
  return {
    mode: mode ?? { kind: 'socket', appToken: TOKENS.appToken },
    botToken: TOKENS.botToken,
    slackApiUrl: playground.slackApiUrl,
    command: '/flowlog',
    understand,
    helpText: (wanted, prompt) => helpFor(ENTRIES, prompt)(wanted),
    helpExamples: helpExamples(ENTRIES),
    catalog: ENTRIES,
    knownNames: async () => names,
    asking: createAnswerRequests({
      ask: script.ask,
      resolveNames,
      act,
      store,
      now,
      understand,
      timeoutMs: 20_000,
    }),
    admitted,
    questionsAPerson,
    most,
    queue,
    now,
    times,
    newId: nextId,
    csvFolder,
    watch,
    log: { info: write('info'), warn: write('warn'), error: write('error') },
  };
}

/** A promise that is kept when the test says so. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
