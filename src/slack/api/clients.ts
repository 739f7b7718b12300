import { format } from 'node:util';
import { type Logger, LogLevel } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { type Log, mask } from '../slack-log.ts';

/** The ways to Slack's Web API. */
export interface Clients {
  /** For answers: patient, tries again, waits when Slack says so. */
  readonly sure: WebClient;
  /**
   * For progress and lookups: one try, soon given up. It is a client of its own because Slack's 429 pauses all calls
   * of a client, and progress must not hold up an answer.
   */
  readonly hasty: WebClient;
}

/** What clients are made of. */
export interface ClientParts {
  readonly botToken: string;
  readonly slackApiUrl: string | undefined;
  readonly logger: Logger;
}

/** Two lookups of this length still leave time to acknowledge a command. */
const HASTY_MS = 1_300;

/** Options of the patient client: the SDK's own would try for half an hour, and wait without end for each answer. */
export function sureOptions({ slackApiUrl, logger }: Omit<ClientParts, 'botToken'>): WebClientOptions {
  return {
    ...base(slackApiUrl, logger),
    timeout: 10_000,
    // The time that Slack asks to wait counts for it, and is a minute at times: an answer must not be lost for that.
    retryConfig: { retries: 3, factor: 2, minTimeout: 500, maxTimeout: 5_000, maxRetryTime: 180_000 },
  };
}

/** Creates both clients. */
export function createClients({ botToken, slackApiUrl, logger }: ClientParts): Clients {
  return {
    sure: new WebClient(botToken, sureOptions({ slackApiUrl, logger })),
    hasty: new WebClient(botToken, {
      ...base(slackApiUrl, logger),
      timeout: HASTY_MS,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    }),
  };
}

function base(slackApiUrl: string | undefined, logger: Logger): WebClientOptions {
  return { logger, ...(slackApiUrl === undefined ? {} : { slackApiUrl }) };
}

/**
 * The logger of Bolt and its SDK. Their debug lines are dropped: they hold whole payloads with tokens, triggers and
 * answer addresses in them.
 */
export function createBoltLogger(log: Log): Logger {
  const detail = (parts: readonly unknown[]) => ({ detail: mask(format(...parts)) });
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
