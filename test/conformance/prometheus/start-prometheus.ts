import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { serve } from '../judges/serve.ts';

/** A series of what a query gave, with its newest value. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A rule of an alert as Prometheus sees it. */
type AlertRule = z.infer<typeof RULE>;

/** A Prometheus that scrapes one target each second. */
export interface Prometheus {
  /** What a query gives now. @throws what Prometheus says against it, warnings included. */
  now(query: string): Promise<readonly Series[]>;
  /** What a query gives as a graph asks for it that has a point each `stepSeconds`, the newest one now. @throws as `now`. */
  lately(query: string, stepSeconds: number): Promise<readonly Series[]>;
  /** The values of a label of the series of a metric. */
  labelValues(metric: string, label: string): Promise<readonly string[]>;
  /** Its only target. */
  target(): Promise<z.infer<typeof TARGET>>;
  /** The rules of a file, in their order. */
  rulesOf(file: string): Promise<readonly AlertRule[]>;
  stop(): Promise<void>;
}

const TARGET = z.object({ health: z.string(), lastError: z.string(), scrapeUrl: z.string() });

const RULE = z.object({
  name: z.string(),
  state: z.enum(['inactive', 'pending', 'firing']),
  health: z.string(),
  lastError: z.string().default(''),
  alerts: z.array(z.object({ annotations: z.record(z.string(), z.string()) })),
});

const SAMPLE = z.tuple([z.number(), z.string()]);

const RESULT = z.object({
  result: z.array(
    z.object({
      metric: z.record(z.string(), z.string()),
      value: SAMPLE.optional(),
      values: z.array(SAMPLE).default([]),
    }),
  ),
});

/** Whether these suites can run: where Prometheus is not installed they are skipped aloud, and in CI they fail. */
export function hasPrometheus(): boolean {
  if (spawnSync('prometheus', ['--version']).status === 0) return true;
  if (process.env.CI) throw new Error('Prometheus is not installed: `apt-get install prometheus`');
  console.warn('SKIPPED: Prometheus is not installed, so that it does not scrape a running app.');
  return false;
}

/** Starts it on a free port of the loopback, with the job that the documentation names, and files of rules. */
export async function startPrometheus(target: string, ruleFiles: readonly string[]): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'flowlog-prometheus-'));
  const config = {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    scrape_configs: [{ job_name: 'flowlog', static_configs: [{ targets: [target] }] }],
    rule_files: ruleFiles,
  };
  await writeFile(join(folder, 'prometheus.yml'), JSON.stringify(config));
  const server = await serve({
    program: 'prometheus',
    args: (port) => [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    env: () => ({}),
    readyPath: '/-/ready',
  });

  async function get<T>(path: string, parameters: Readonly<Record<string, string>>, shape: z.ZodType<T>) {
    const url = `${server.endpoint}/api/v1/${path}?${new URLSearchParams(parameters)}`;
    const said = z
      .object({
        error: z.string().optional(),
        warnings: z.array(z.string()).optional(),
        data: z.unknown(),
      })
      .parse(await (await fetch(url)).json());
    const against = said.error ?? said.warnings?.join('\n');
    if (against !== undefined) throw new Error(`Prometheus says of ${url}: ${against}`);
    return shape.parse(said.data);
  }

  async function series(path: string, parameters: Readonly<Record<string, string>>) {
    const { result } = await get(path, parameters, RESULT);
    return result.map(({ metric, value, values }) => ({
      labels: metric,
      value: Number((value ?? values.at(-1))?.[1]),
    }));
  }

  return {
    now: (query) => series('query', { query }),
    lately(query, stepSeconds) {
      const end = Date.now() / 1000;
      const range = { start: String(end - stepSeconds), end: String(end), step: String(stepSeconds) };
      return series('query_range', { query, ...range });
    },
    labelValues: (metric, label) => get(`label/${label}/values`, { 'match[]': metric }, z.array(z.string())),
    async target() {
      const { activeTargets } = await get('targets', {}, z.object({ activeTargets: z.tuple([TARGET]) }));
      return activeTargets[0];
    },
    async rulesOf(file) {
      const shape = z.object({ groups: z.array(z.object({ file: z.string(), rules: z.array(RULE) })) });
      const { groups } = await get('rules', {}, shape);
      return groups.filter((group) => group.file === file).flatMap(({ rules }) => rules);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
