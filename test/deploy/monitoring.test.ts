import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import {
  alerts,
  dashboard,
  documentedMetrics,
  metricsIn,
  type Panel,
  panels,
  queries,
} from '../support/monitoring.ts';
import { officialSchema } from '../support/official-schema.ts';

/** What a schema of Grafana says against a value. */
async function faultsOf(
  name: Parameters<typeof officialSchema>[0],
  value: unknown,
): Promise<readonly string[]> {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(await officialSchema(name));
  validate(value);
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const overlap = (a: Panel['gridPos'], b: Panel['gridPos']) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

describe('the dashboard', () => {
  it("is a dashboard by Grafana's own schema, which refuses what it does not know", async () => {
    expect(await faultsOf('GrafanaDashboard', dashboard())).toEqual([]);
    expect(await faultsOf('GrafanaDashboard', { ...Object(dashboard()), panel: [] })).toHaveLength(1);
  });

  it("has panels with options as Grafana's panels take them", async () => {
    for (const { type, title, options, fieldConfig } of panels().filter((panel) => panel.type !== 'row')) {
      expect(['stat', 'timeseries']).toContain(type);
      const name = type === 'stat' ? 'GrafanaStat' : 'GrafanaTimeSeries';
      expect([title, ...(await faultsOf(name, options))]).toEqual([title]);
      if (type === 'timeseries')
        expect([title, ...(await faultsOf('GrafanaTimeSeriesField', fieldConfig?.defaults.custom))]).toEqual([
          title,
        ]);
    }
    expect(await faultsOf('GrafanaTimeSeriesField', { drawStyle: 'crayon' })).not.toEqual([]);
  });

  it('has panels with ids of their own, a description and a query, none over another', () => {
    const all = panels();
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    for (const [index, panel] of all.entries()) {
      if (panel.type !== 'row')
        expect([panel.title, panel.description, panel.targets.length]).not.toContain('');
      if (panel.type !== 'row') expect(panel.targets.length).toBeGreaterThan(0);
      expect(panel.gridPos.x + panel.gridPos.w).toBeLessThanOrEqual(24);
      const others = all.slice(index + 1).filter(({ gridPos }) => overlap(gridPos, panel.gridPos));
      expect(others.map(({ title }) => title)).toEqual([]);
    }
  });

  it('shows every metric that is documented, and the alerts and it name no other of flowlog', () => {
    const documented = documentedMetrics().map(({ name }) => name);
    const shown = panels().flatMap(({ targets }) => targets.flatMap(({ expr }) => metricsIn(expr)));
    expect(documented.filter((name) => !shown.includes(name))).toEqual([]);
    const asked = queries()
      .flatMap((query) => metricsIn(query))
      .filter((name) => name.startsWith('flowlog_'));
    expect(asked.filter((name) => !documented.includes(name))).toEqual([]);
  });
});

describe('the alerts', () => {
  it('are five, each with its severity, how long it lasts, a summary, and what to do', () => {
    expect(alerts()).toHaveLength(5);
    for (const { for: lasts, annotations } of alerts()) {
      expect(lasts).toMatch(/^\d+m$/);
      expect(annotations.summary).toMatch(/^[A-Z{f].*\.$/);
      expect(annotations.description.length).toBeGreaterThan(150);
      expect(annotations.description).toMatch(/\.$/);
    }
  });

  it('are explained on the page of metrics', () => {
    const page = readFileSync('docs/metrics.md', 'utf8');
    const explained = [...page.matchAll(/^\| `(Flowlog\w+)` \|/gm)].map(([, name]) => name);
    expect(explained).toEqual(alerts().map(({ alert }) => alert));
  });
});
