import { format } from 'node:util';
import { type Logger, LogLevel } from '@slack/bolt';
import { type FetchFunction, WebClient, type WebClientOptions } from '@slack/web-api';
import { redact } from '../../core/redact.ts';
import type { Log, SlackDebug } from '../slack-log.ts';

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
}

/** The token and the address that calls are made with. */
interface ClientSettings {
  readonly botToken: string;
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
  /** How calls are made, where not as Node.js makes them. */
  readonly fetch?: FetchFunction | undefined;
}

/** Two lookups of this length still leave time to acknowledge a command. */
const QUICK_MS = 1_300;

/** A message with all its blocks over a slow line. */
const ANSWER_MS = 10_000;

/** Options of Bolt's own client: by default the SDK tries for half an hour, without a time-out for a single try. */
export function boltOptions(settings: Omit<ClientSettings, 'botToken'>): WebClientOptions {
  return {
    ...base(settings),
    timeout: ANSWER_MS,
    // The wait that Slack asks for counts towards `maxRetryTime`, and can be a minute.
    retryConfig: { retries: 3, factor: 2, minTimeout: 500, maxTimeout: 5_000, maxRetryTime: 180_000 },
  };
}

/** Creates both clients. */
export function createClients({ botToken, ...settings }: ClientSettings): Clients {
  return {
    patient: new WebClient(botToken, {
      ...base(settings),
      timeout: ANSWER_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
    quick: new WebClient(botToken, {
      ...base(settings),
      timeout: QUICK_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
  };
}

function base({ slackApiUrl, logger, fetch }: Omit<ClientSettings, 'botToken'>): WebClientOptions {
  return {
    logger,
    ...(slackApiUrl === undefined ? {} : { slackApiUrl }),
    ...(fetch === undefined ? {} : { fetch }),
  };
}

/** Makes calls as Node.js does, and writes down each try: the method, its duration, and how it ended. */
export function debuggedFetch(debug: SlackDebug, now: () => Date): FetchFunction {
  return async (url, init) => {
    const startedMs = now().getTime();
    const facts = () => ({ elapsedMs: now().getTime() - startedMs, method: methodIn(url) });
    try {
      const response = await globalThis.fetch(url, init);
      debug({ ...facts(), status: response.status }, 'called Slack');
      return response;
    } catch (error) {
      debug({ ...facts(), failed: error instanceof Error ? error.name : 'unknown' }, 'called Slack');
      throw error;
    }
  };
}

/** Files are uploaded to addresses that are secret, and have no name of a method. */
function methodIn(url: string | URL): string {
  return /\/api\/([a-z][\w.]*)$/i.exec(new URL(url).pathname)?.[1] ?? 'upload';
}

/**
 * The logger of Bolt and its SDK. Their debug lines are dropped: they hold whole payloads with tokens, triggers and
 * answer addresses in them.
 */
export function createBoltLogger(log: Log): Logger {
  const detail = (parts: readonly unknown[]) => ({ detail: redact(format(...parts)) });
  return {
    debug() {},
    info: (...parts) => log.info(detail(parts), 'the Slack SDK reports'),
    warn: (...parts) => log.warn(detail(parts), 'the Slack SDK warns'),
    error: (...parts) => log.error(detail(parts), 'the Slack SDK failed'),
    setLevel() {},
    getLevel: () => LogLevel.INFO,
    setName() {},
  };
}
