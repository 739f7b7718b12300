import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SlackPlayground } from '../../../src/playground/slack/slack-playground.ts';
import { ALL_SCOPES } from '../../../src/slack/scopes.ts';
import { startTestPlayground } from '../../playground/slack/tiny-app.ts';
import { freePort } from '../../slack/free-port.ts';
import {
  ALERTS,
  alerts,
  documentedMetrics,
  exportedMetrics,
  filledIn,
  metricsIn,
  type Panel,
  panels,
} from '../../support/monitoring.ts';
import { type RunningApp, startRunningApp } from '../../support/running-app.ts';
import { hasPrometheus, type Prometheus, type Series, startPrometheus } from './start-prometheus.ts';

/** What is typed, and how it ends. */
const ASKED = [
  ['to 10.0.12.21 last 15m', 'answered'],
  ['records 10.0.12.21 port=5432 last 15m', 'answered'],
  ['sources', 'answered'],
  ['to nowhere last 15m', 'mistaken'],
  ['confirm op-0a1b2c3d', 'refused'],
] as const;

/**
 * A graph over some days asks for a point every four minutes. Grafana puts that and the interval of its data source,
 * 15 s, in the place of `$__rate_interval`.
 */
const STEP_SECONDS = 240;
const RATE_SECONDS = STEP_SECONDS + 15;
const VARIABLES = { $__rate_interval: `${RATE_SECONDS}s`, $__range: '1h', $job: 'flowlog' };

/** What a series shows: rates a minute as what happened, because all of it did in the last minutes. */
const happened = (amount: number) => Math.round((amount * RATE_SECONDS) / 60);

/** What each query of a panel has to give, by row and title of the panel. */
const SHOWN: Readonly<Record<string, readonly ((shown: readonly Series[]) => void)[]>> = {
  'Connected to Slack': [is(1)],
  'Questions in 24 hours': [is(ASKED.length)],
  'Failed in the last hour': [is(0)],
  'Dollars in 24 hours': [is(0)],
  Waiting: [is(0)],
  'Oldest flow log': [isBetween(0, 1_800)],
  'Questions: How questions ended': [are('outcome', { answered: 3, mistaken: 1, refused: 1 })],
  'Questions: Time to the answer': [isBetween(0, 60), isBetween(0, 60), isBetween(0, 60)],
  'Questions: Questions by query': [are('query', { to: 2, records: 1, sources: 1, confirm: 1 })],
  'Questions: Queue': [is(0), is(0), is(0)],
  'Questions: Scanned': [isBetween(1, 1e9)],
  'Questions: Dollars': [is(0)],
  'Slack: Acknowledgements': [isBetween(0, 3), isBetween(0, 3)],
  'Slack: Sockets': [is(2)],
  'Slack: Calls': [hasAtLeast('method', { 'chat.postMessage': 3, 'chat.update': 3 })],
  'Slack: Calls that failed': [hasAtLeast('code', { internal_error: 1 })],
  'AWS and flow logs: Age of the newest file': [isBetween(0, 1_800)],
  'Process: Event loop': [isBetween(0, 5)],
  'Process: Store and jobs': [hasAtLeast('code', { full: 0, locked: 0, unreachable: 0 }), isEmpty],
  'Process: Memory': [isBetween(1e7, 1e10), isBetween(1e6, 1e10)],
  'Process: CPU': [isBetween(0.0001, 8)],
  'Process: Taken over': [is(0), isBetween(5, 10_000)],
};

/** Panels without data here. Their metrics are documented, and other tests see them exported with values. */
const WITHOUT_DATA: Readonly<Record<string, string>> = {
  'AWS and flow logs: Calls':
    'the sample network makes no call to AWS: test/attacks/running-in-slack.test.ts',
  'AWS and flow logs: Calls that failed': 'the same',
};

function is(value: number) {
  return (shown: readonly Series[]) =>
    expect(shown.map((series) => Math.round(series.value))).toEqual([value]);
}

function isBetween(least: number, most: number) {
  return (shown: readonly Series[]) => {
    expect(shown.length).toBeGreaterThan(0);
    for (const { value } of shown) {
      expect(value).toBeGreaterThanOrEqual(least);
      expect(value).toBeLessThanOrEqual(most);
    }
  };
}

function byLabel(shown: readonly Series[], label: string): Readonly<Record<string, number>> {
  return Object.fromEntries(shown.map(({ labels, value }) => [labels[label], happened(value)]));
}

function are(label: string, values: Readonly<Record<string, number>>) {
  return (shown: readonly Series[]) => expect(byLabel(shown, label)).toEqual(values);
}

function hasAtLeast(label: string, values: Readonly<Record<string, number>>) {
  return (shown: readonly Series[]) => {
    for (const [name, least] of Object.entries(values))
      expect([name, byLabel(shown, label)[name]]).toEqual([
        name,
        expect.toSatisfy((value) => value >= least),
      ]);
  };
}

function isEmpty(shown: readonly Series[]) {
  expect(shown).toEqual([]);
}

/** The panels that ask something, with the title of their row. */
function askingPanels(): readonly (Panel & { readonly key: string })[] {
  let row = '';
  return panels().flatMap((panel) => {
    if (panel.type === 'row') row = `${panel.title}: `;
    return panel.type === 'row' ? [] : [{ ...panel, key: `${row}${panel.title}` }];
  });
}

/** A copy of the alerts that do not wait before they fire. */
function impatientAlerts(folder: string): string {
  const path = join(folder, 'impatient.yml');
  const text = readFileSync(ALERTS, 'utf8').replaceAll(/^( +for:) \d+m$/gm, '$1 2s');
  writeFileSync(path, text.replace('- name: flowlog', '- name: impatient'));
  return path;
}

describe.runIf(hasPrometheus())('Prometheus, which scrapes a running app each second', () => {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-alerts-'));
  const impatient = impatientAlerts(folder);
  let playground: SlackPlayground;
  let app: RunningApp;
  let prometheus: Prometheus;
  let metricsUrl: string;

  beforeAll(async () => {
    const port = await freePort();
    metricsUrl = `http://127.0.0.1:${port}/metrics`;
    playground = await startTestPlayground({ scopes: ALL_SCOPES });
    app = await startRunningApp(
      {
        SLACK_BOT_TOKEN: 'xoxb-playground-1',
        SLACK_APP_TOKEN: 'xapp-playground-1',
        FLOWLOG_SLACK_API_URL: playground.slackApiUrl,
        FLOWLOG_METRICS_PORT: String(port),
      },
      /"msg":"ready"/,
    );
    await playground.until(() => (playground.sockets() === 2 ? true : undefined));
    prometheus = await startPrometheus(`127.0.0.1:${port}`, [resolve(ALERTS), impatient]);
    await untilIs(2, () => counted('flowlog_slack_sockets'));
    await askAll();
    await untilIs(2, () => counted('flowlog_slack_calls_total{code="internal_error"}'));
  });
  afterAll(async () => {
    await prometheus?.stop();
    await app?.stop();
    await playground?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Types the lines, one after the other; Slack answers two calls with a fault, one after the other. */
  async function askAll() {
    for (const [index, [line]] of ASKED.entries()) {
      if (index < 2) playground.faults.next('chat.update', { kind: 'error', error: 'internal_error' });
      await playground.type({ person: 'ana', channel: '#incident-42', text: `/flowlog ${line}` });
      // A scrape sees the first fault before the second comes.
      await untilIs(index + 1, () => counted('flowlog_questions_total'));
    }
  }

  function untilIs(wanted: number, read: () => Promise<number | undefined>): Promise<void> {
    return vi.waitFor(async () => expect(await read()).toBe(wanted), { timeout: 60_000, interval: 200 });
  }

  /** The sum of a metric, as Prometheus saw it last. */
  async function counted(selector: string): Promise<number | undefined> {
    return (await prometheus.now(`sum(${selector})`))[0]?.value;
  }

  it('finds the app up, and takes every sample that it gives', async () => {
    expect(await prometheus.target()).toEqual({ health: 'up', lastError: '', scrapeUrl: metricsUrl });
    expect(await prometheus.labelValues('flowlog_slack_connected', 'job')).toEqual(['flowlog']);
    const [{ value: taken = 0 } = {}] = await prometheus.now('scrape_samples_scraped{job="flowlog"}');
    const [{ value: kept } = {}] = await prometheus.now(
      'scrape_samples_post_metric_relabeling{job="flowlog"}',
    );
    expect(taken).toBeGreaterThan(100);
    expect(kept).toBe(taken);
    const text = await (await fetch(metricsUrl)).text();
    expect(taken).toBeGreaterThanOrEqual(documentedMetrics().length);
    const names = exportedMetrics(text).map(({ name }) => name);
    const known = await prometheus.now('count by (__name__) ({job="flowlog"})');
    const baseNames = new Set(known.flatMap(({ labels }) => metricsIn(labels.__name__ ?? '')));
    expect([...baseNames].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('is asked by every panel of the dashboard, and each panel is judged here', () => {
    const judged = [...Object.keys(SHOWN), ...Object.keys(WITHOUT_DATA)];
    expect(
      askingPanels()
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual(judged.toSorted());
  });

  for (const { key, targets } of askingPanels()) {
    const why = WITHOUT_DATA[key];
    it(`${why === undefined ? 'shows what happened' : 'has nothing to show'} in the panel "${key}"`, async () => {
      for (const [index, { expr, instant, legendFormat }] of targets.entries()) {
        const query = filledIn(expr, VARIABLES);
        const shown = await (instant ? prometheus.now(query) : prometheus.lately(query, STEP_SECONDS));
        (SHOWN[key]?.[index] ?? isEmpty)(shown);
        for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
          expect(shown.filter(({ labels }) => labels[label] === undefined)).toEqual([]);
        if (shown.length > 0) continue;
        const documented = documentedMetrics().map(({ name }) => name);
        expect(documented).toEqual(expect.arrayContaining([...metricsIn(expr)]));
      }
    });
  }

  it('evaluates the five alerts without a fault, and sees none of them', async () => {
    const rules = await prometheus.rulesOf(resolve(ALERTS));
    expect(rules).toEqual(
      alerts().map(({ alert: name }) => ({
        name,
        state: 'inactive',
        health: 'ok',
        lastError: '',
        alerts: [],
      })),
    );
    expect((await prometheus.rulesOf(impatient)).map(({ state }) => state)).toEqual(
      alerts().map(() => 'inactive'),
    );
  });

  it('sees the alert of a Slack that is gone fire, pending at first in the rules as they are, and end when it is back', async () => {
    const downOf = async (file: string) =>
      (await prometheus.rulesOf(file)).find(({ name }) => name === 'FlowlogDown');
    playground.faults.goAway();
    await expect
      .poll(() => downOf(impatient), { timeout: 30_000 })
      .toMatchObject({
        state: 'firing',
        health: 'ok',
        alerts: [{ annotations: { summary: 'flowlog does not answer anyone.' } }],
      });
    expect(await downOf(resolve(ALERTS))).toMatchObject({ state: 'pending', health: 'ok' });
    const others = (await prometheus.rulesOf(impatient)).filter(({ name }) => name !== 'FlowlogDown');
    expect(others.map(({ state }) => state)).toEqual(others.map(() => 'inactive'));
    playground.faults.comeBack();
    await expect
      .poll(() => downOf(impatient), { timeout: 60_000 })
      .toMatchObject({ state: 'inactive', health: 'ok' });
  });
});
