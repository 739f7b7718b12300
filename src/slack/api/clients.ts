import { format } from 'node:util';
import { type Logger, LogLevel } from '@slack/bolt';
import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import { redact } from '../../core/redact.ts';
import type { Log, SlackDebug } from '../slack-log.ts';
import { createInOrder, type InOrder } from './in-order.ts';
import { SLACK_TIMES, type SlackTimes } from './times.ts';
import { wholeAnswers } from './whole-answer.ts';

/** Does work after all that was begun before it under the same key has ended, however it ended. */
type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** The ways to Slack's Web API. */
export interface Clients {
  /**
   * For what must arrive: one try with a long time-out. `keepTrying` tries again, because the SDK holds up all calls of a
   * client when Slack limits one of them.
   */
  readonly patient: WebClient;
  /**
   * For progress and lookups: one try with a short time-out. It is a client of its own because Slack's 429 pauses all calls
   * of a client, and progress must not hold up an answer.
   */
  readonly quick: WebClient;
  /** Posts into a thread go one after the other, so that they are there in their order when Slack was gone for a while. */
  readonly inTurn: InTurn;
  /** Updates of messages: all of a workspace share one limit. */
  readonly updatesInOrder: InOrder;
}

/** The token and the address that calls are made with. */
interface ClientSettings {
  readonly botToken: string;
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly times?: SlackTimes | undefined;
  /** How calls are made, where not as Node.js makes them. */
  readonly fetch?: FetchFunction | undefined;
}

/** Options of a client for what must arrive, as Bolt's own: by default the SDK tries for half an hour, without a time-out. */
export function patientOptions(settings: Omit<ClientSettings, 'botToken'>): WebClientOptions {
  const { answerMs } = settings.times ?? SLACK_TIMES;
  return { ...base(settings), timeout: answerMs };
}

/** Creates both clients. */
export function createClients({ botToken, ...settings }: ClientSettings): Clients {
  const times = settings.times ?? SLACK_TIMES;
  return {
    inTurn: createInTurn(),
    updatesInOrder: createInOrder({ sleep: times.sleep, now: settings.now }),
    patient: new WebClient(botToken, patientOptions(settings)),
    quick: new WebClient(botToken, { ...base(settings), timeout: times.quickMs }),
  };
}

/** Creates it; a key is forgotten when its work is done. */
function createInTurn(): InTurn {
  const last = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const done = before.then(work, work);
    last.set(key, done);
    try {
      return await done;
    } finally {
      if (last.get(key) === done) last.delete(key);
    }
  };
}

function base({ slackApiUrl, logger, fetch, now }: Omit<ClientSettings, 'botToken'>): WebClientOptions {
  return {
    logger,
    fetch: wholeAnswers(now, fetch),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
  };
}

/** Makes calls as `fetch` does, and writes down each try: the method, its duration, and how it ended. */
export function debuggedFetch(
  debug: SlackDebug,
  now: () => Date,
  fetch: FetchFunction = globalThis.fetch,
): FetchFunction {
  return async (url, init) => {
    const startedMs = now().getTime();
    const facts = () => ({ elapsedMs: now().getTime() - startedMs, method: methodIn(url) });
    try {
      const response = await fetch(url, init);
      debug({ ...facts(), status: response.status }, 'called Slack');
      return response;
    } catch (error) {
      debug({ ...facts(), failed: error instanceof Error ? error.name : 'unknown' }, 'called Slack');
      throw error;
    }
  };
}

/** The method that a URL calls. Files are uploaded to addresses that are secret, and have no name of a method. */
export function methodIn(url: string | URL): string {
  return /\/api\/([a-z][\w.]*)$/i.exec(new URL(url).pathname)?.[1] ?? 'upload';
}

/** How long a line of the SDK that comes again is left out, in milliseconds: it repeats itself with each try. */
const SAID_MS = 10 * 60_000;

/**
 * The logger of Bolt and its SDK. Their debug lines are dropped: they hold whole payloads with tokens, triggers and
 * answer addresses in them. A warning that is said again and again, as while Slack is gone, is said every ten minutes.
 */
export function createBoltLogger(log: Log, now: () => Date): Logger {
  const saidMs = new Map<string, number>();
  const detail = (parts: readonly unknown[]) => ({ detail: redact(format(...parts)) });
  const seldom = (parts: readonly unknown[], write: (fields: { readonly detail: string }) => void) => {
    const fields = detail(parts);
    const kind = fields.detail.replaceAll(/\d+/g, '0');
    const nowMs = now().getTime();
    for (const [old, atMs] of saidMs) if (nowMs - atMs > SAID_MS) saidMs.delete(old);
    if (saidMs.has(kind)) return;
    saidMs.set(kind, nowMs);
    write(fields);
  };
  return {
    debug() {},
    info: (...parts) => log.info(detail(parts), 'the Slack SDK reports'),
    warn: (...parts) => seldom(parts, (fields) => log.warn(fields, 'the Slack SDK warns')),
    error: (...parts) => seldom(parts, (fields) => log.error(fields, 'the Slack SDK failed')),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
