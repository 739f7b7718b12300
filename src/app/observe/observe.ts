import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Logger } from 'pino';
import { z } from 'zod';
import { AWS_ATTEMPTS } from '../../aws/published-calls.ts';
import type { SlackLink, SlackWatch } from '../../slack/slack-watch.ts';
import type { Config } from '../config.ts';
import type { World } from '../this-process.ts';
import { type Levels, type Measures, NO_MEASURES } from './measures.ts';
import { createReadiness } from './readiness.ts';
import { serveMetrics } from './serve-metrics.ts';
import { type AppWatch, createWatch, type Watch } from './watch.ts';

/** The app as it is seen from outside: one line of the log for each question, metrics, and whether it is ready. */
export interface Observing {
  readonly watch: Watch;
  /** Undefined where no metrics are served. */
  readonly slack: SlackWatch | undefined;
  /** Where metrics are served; undefined where they are not. */
  readonly url: string | undefined;
  /** How Slack reaches the app, from the moment that it does. */
  joined(link: () => SlackLink): void;
  jobFailed(job: string): void;
  /** From now on the app is not ready, because it stops. */
  stopping(): void;
  /** Says of the questions that have not ended that they are paused, and serves nothing more. */
  stop(): void;
}

export interface ObserveParts extends Pick<World, 'now'> {
  readonly log: () => Logger;
  /** All that a line can begin with. */
  readonly entries: readonly string[];
}

/** Begins to watch, and serves metrics where a port is configured. @throws UserError when it cannot be listened on. */
export async function startObserving(
  { metricsPort, metricsHost }: Pick<Config, 'metricsPort' | 'metricsHost'>,
  { log, entries, now }: ObserveParts,
): Promise<Observing> {
  let link: (() => SlackLink) | undefined;
  let isStopping = false;
  let watch: AppWatch | undefined;
  const levels = () => watch && { ...watch.levels(), ...levelsOfSlack(link?.()) };
  // Without it the start does not load the library.
  const prometheus =
    metricsPort === undefined
      ? undefined
      : (await import('./prometheus.ts')).createPrometheus({ entries, levels, now });
  const measures = prometheus?.measures ?? NO_MEASURES;
  const created = createWatch({ measures, log, now });
  watch = created;
  const readiness = createReadiness({
    link: () => link?.(),
    askStore: created.askStore,
    isStopping: () => isStopping,
    now,
  });
  const server =
    prometheus === undefined || metricsPort === undefined
      ? undefined
      : await serveMetrics(
          { metrics: prometheus.text, contentType: prometheus.contentType, readiness },
          { host: metricsHost, port: metricsPort },
        );
  const stopCounting = prometheus === undefined ? () => {} : countAwsAttempts(measures);
  return {
    watch: created,
    slack: prometheus === undefined ? undefined : measures,
    url: server?.url,
    jobFailed: measures.jobFailed,
    joined(given) {
      link = given;
    },
    stopping() {
      isStopping = true;
    },
    stop() {
      created.stop();
      stopCounting();
      server?.stop();
    },
  };
}

function levelsOfSlack(link: SlackLink | undefined): Pick<Levels, 'isConnected' | 'sockets'> {
  return link ?? { isConnected: false, sockets: undefined };
}

const ATTEMPT = z.object({ service: z.string(), operation: z.string(), code: z.string() });

/** Counts what the SDK of AWS attempts. Returns what ends that. */
function countAwsAttempts({ calledAws }: Pick<Measures, 'calledAws'>): () => void {
  const count = (message: unknown) => calledAws(ATTEMPT.parse(message));
  subscribe(AWS_ATTEMPTS, count);
  return () => void unsubscribe(AWS_ATTEMPTS, count);
}
