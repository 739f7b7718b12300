import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { callMeasures, faultMeasures } from './call-metrics.ts';
import type { Levels, Measures } from './measures.ts';
import { type RequestMetricsParts, requestMeasures } from './request-metrics.ts';

/** What the metrics are made with. */
export interface PrometheusParts extends RequestMetricsParts {
  /** Read when metrics are asked for; undefined while the app starts. */
  readonly levels: () => Levels | undefined;
}

/** Measures as Prometheus reads them. */
export interface Prometheus {
  readonly measures: Measures;
  /** The text of `/metrics`. */
  text(): Promise<string>;
  readonly contentType: string;
}

/**
 * Names that Prometheus's own linter refuses: gauges that end like counters. What they count is in
 * `nodejs_active_handles` and the like as well.
 */
const MISNAMED = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** Creates all metrics of this process. `docs/metrics.md` says what each means. */
export function createPrometheus(parts: PrometheusParts): Prometheus {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  addLevels(registry, parts.levels);
  const measures = {
    ...requestMeasures(registry, parts),
    ...callMeasures(registry),
    ...faultMeasures(registry),
  };
  return { measures, text: () => registry.metrics(), contentType: registry.contentType };
}

/** Gauges whose values are read when they are asked for. */
function addLevels(registry: Registry, levels: PrometheusParts['levels']): void {
  const level = (name: string, help: string, read: (now: Levels) => number | undefined) => {
    const gauge: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        const now = levels();
        const value = now && read(now);
        if (value === undefined) gauge.reset();
        else gauge.set(value);
      },
    });
  };
  level(
    'flowlog_questions_in_flight',
    'Questions that were taken and have not ended.',
    ({ inFlight }) => inFlight,
  );
  level(
    'flowlog_statements_waiting',
    'Statements that wait for their turn: the length of the queue.',
    ({ waiting }) => waiting,
  );
  level('flowlog_statements_running', 'Statements that the engine runs.', ({ running }) => running);
  level(
    'flowlog_slack_connected',
    'Whether deliveries of Slack reach this process: 1 or 0.',
    ({ isConnected }) => (isConnected ? 1 : 0),
  );
  level(
    'flowlog_slack_sockets',
    'Sockets to Slack that are open, of two; 0 in http mode.',
    ({ sockets }) => sockets,
  );
}
