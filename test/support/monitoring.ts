import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

export const ALERTS = 'deploy/monitoring/alerts.yml';
const DASHBOARD = 'deploy/monitoring/dashboard.json';

const PANEL = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  description: z.string().default(''),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  targets: z
    .array(
      z.object({
        expr: z.string(),
        instant: z.boolean().default(false),
        legendFormat: z.string().default(''),
      }),
    )
    .default([]),
  options: z.unknown().optional(),
  fieldConfig: z.object({ defaults: z.object({ custom: z.unknown().optional() }) }).optional(),
});

const ALERT = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string(),
  labels: z.object({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.object({ summary: z.string(), description: z.string() }),
});

/** A panel of the dashboard. */
export type Panel = z.infer<typeof PANEL>;

/** The dashboard as it is, for Grafana's schema. */
export function dashboard(): unknown {
  return JSON.parse(readFileSync(DASHBOARD, 'utf8'));
}

export function panels(): readonly Panel[] {
  return z.object({ panels: z.array(PANEL) }).parse(dashboard()).panels;
}

/** The alerts of the rules file, in their order. */
export function alerts(): readonly z.infer<typeof ALERT>[] {
  const file = z.object({ groups: z.array(z.object({ rules: z.array(ALERT) })) });
  return file.parse(parse(readFileSync(ALERTS, 'utf8'))).groups.flatMap(({ rules }) => rules);
}

/** What the dashboard and the alerts ask Prometheus, as it takes it: without what Grafana fills in. */
export function queries(): readonly string[] {
  const asked = panels().flatMap(({ targets }) => targets.map(({ expr }) => expr));
  return [
    ...asked.map((expr) => filledIn(expr, { $__rate_interval: '5m', $__range: '1h', $job: 'flowlog' })),
    ...alerts().map(({ expr }) => expr),
  ];
}

/** A query with values in the place of variables, as Grafana fills them in. */
export function filledIn(query: string, variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables).reduce((text, [name, value]) => text.replaceAll(name, value), query);
}

/** The metrics that a query names; of a histogram its own name. */
export function metricsIn(query: string): readonly string[] {
  return [...query.matchAll(/\b(?:flowlog|process|nodejs)_\w+/g)].map(([name]) => baseName(name));
}

function baseName(name: string): string {
  return name.replace(/_(?:bucket|sum|count)$/, '');
}

/** A metric as an app exports it. */
export interface ExportedMetric {
  readonly name: string;
  readonly type: string;
  readonly help: string;
  /** Those of the samples that are there. */
  readonly labels: readonly string[];
}

/** Reads the text of `/metrics`. */
export function exportedMetrics(text: string): readonly ExportedMetric[] {
  const samples = [...text.matchAll(/^(\w+)\{(.*)\} \S+$/gm)].map(([, name = '', labels = '']) => ({
    name: baseName(name),
    labels: [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label ?? ''),
  }));
  return [...text.matchAll(/^# HELP (\w+) (.*)\n# TYPE \w+ (\w+)$/gm)].map(
    ([, name = '', help = '', type = '']) => {
      const labels = samples.filter((sample) => sample.name === name).flatMap((sample) => sample.labels);
      return { name, type, help, labels: [...new Set(labels)].filter((label) => label !== 'le') };
    },
  );
}

/** A row of the table of metrics in `docs/metrics.md`. */
export function documentedMetrics(): readonly ExportedMetric[] {
  const page = readFileSync('docs/metrics.md', 'utf8');
  return [...page.matchAll(/^\| `(flowlog_\w+)` \| (\w+) \| (.*?)\| (.+) \|$/gm)].map(
    ([, name = '', type = '', labels = '', help = '']) => ({
      name,
      type,
      help,
      labels: [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label ?? ''),
    }),
  );
}
