import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { freePort } from '../slack/free-port.ts';
import { documentedMetrics, exportedMetrics, metricsIn, queries } from '../support/monitoring.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';

const LINE = z.object({ level: z.number(), msg: z.string() }).loose();

describe('a running app', () => {
  let app: RunningApp;
  let url: string;

  beforeAll(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    app = await startRunningApp({ FLOWLOG_METRICS_PORT: String(port) }, /Slack look-alike/);
    for (const line of [
      'to 10.0.12.21 last 1h',
      'records 10.0.12.21 port=5432 last 15m',
      'sources',
      'to nowhere',
    ])
      app.process.stdin?.write(`${line}\n`);
    await vi.waitFor(() => expect(linesOf('a question ended')).toHaveLength(4), 25_000);
  });
  afterAll(() => app.stop());

  const logged = () =>
    readFileSync(join(app.stateFolder, 'flowlog.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => LINE.parse(JSON.parse(line)));
  const linesOf = (message: string) => logged().filter(({ msg }) => msg === message);
  const metrics = async () => (await fetch(`${url}/metrics`)).text();

  it('exports the metrics that are documented, with their types, meanings and labels, and no others', async () => {
    const exported = exportedMetrics(await metrics()).filter(({ name }) => name.startsWith('flowlog_'));
    const byName = (name: string) => documentedMetrics().find((metric) => metric.name === name);
    expect(exported.map(({ name }) => name).toSorted()).toEqual(
      documentedMetrics()
        .map(({ name }) => name)
        .toSorted(),
    );
    for (const { name, type, help, labels } of exported) {
      expect(byName(name)).toMatchObject({ type, help });
      expect(byName(name)?.labels).toEqual(expect.arrayContaining([...labels]));
    }
  });

  it('exports every metric that the dashboard and the alerts ask for', async () => {
    const names = exportedMetrics(await metrics()).map(({ name }) => name);
    const asked = new Set(queries().flatMap((query) => metricsIn(query)));
    expect(asked.size).toBeGreaterThan(20);
    expect([...asked].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('counts questions, their time, bytes and sources, and has no person or address in a label', async () => {
    const text = await metrics();
    expect(text).toMatch(/^flowlog_questions_total\{query="to",outcome="answered"\} 1$/m);
    expect(text).toMatch(/^flowlog_questions_total\{query="sources",outcome="answered"\} 1$/m);
    expect(text).toMatch(/^flowlog_question_duration_seconds_count\{query="records"\} 1$/m);
    // What has not happened is there with 0, because Prometheus sees an increase only of what it has seen before.
    expect(text).toMatch(/^flowlog_questions_total\{query="why",outcome="crashed"\} 0$/m);
    expect(text).toMatch(/^flowlog_question_duration_seconds_count\{query="why"\} 0$/m);
    expect(text).toMatch(
      /^flowlog_source_newest_slot_timestamp_seconds\{source="\d{12}_vpcflowlogs_\S+"\} \d+/m,
    );
    expect(text).toMatch(/^flowlog_scanned_bytes_total [1-9]/m);
    expect(text).toMatch(/^flowlog_slack_calls_total\{method="auth\.test",code="ok"\} \d/m);
    expect(text).toMatch(/^flowlog_slack_sockets 2$/m);
    expect(text).toMatch(/^flowlog_questions_in_flight 0$/m);
    expect(text).not.toMatch(/\d+\.\d+\.\d+\.\d+|terminal|person|channel=/);
  });

  it('has one line of the log for each question, with its facts and not what was typed', () => {
    const [line, ...others] = linesOf('a question ended');
    expect(line).toEqual({
      level: 30,
      time: expect.any(String),
      msg: 'a question ended',
      id: expect.stringMatching(/^terminal-/),
      person: 'terminal',
      channel: 'terminal',
      query: 'to',
      from: expect.stringMatching(/Z$/),
      to: expect.stringMatching(/Z$/),
      outcome: 'answered',
      rows: expect.any(Number),
      scannedBytes: expect.any(Number),
      dollars: 0,
      elapsedMs: expect.any(Number),
      engine: 'duckdb',
      run: expect.any(String),
    });
    expect(others.map(({ query, outcome }) => [query, outcome])).toEqual(
      expect.arrayContaining([
        ['records', 'answered'],
        ['sources', 'answered'],
        ['to', 'mistaken'],
      ]),
    );
    expect(JSON.stringify(logged())).not.toMatch(/10\.0\.12\.21|nowhere/);
  });

  it('answers the probes', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.text()]).toEqual([200, 'ready\n']);
  });
});

it('an app without a port for metrics listens on none, and says of each question how it ended all the same', async () => {
  const app = await startRunningApp({}, /Slack look-alike/);
  app.process.stdin?.write('sources\n');
  const log = () => readFileSync(join(app.stateFolder, 'flowlog.log'), 'utf8');
  await expect.poll(log, { timeout: 25_000 }).toContain('a question ended');
  expect(log()).not.toContain('serves metrics');
  await app.stop();
});

it('an app whose port for metrics is taken does not start, and says what to set', async () => {
  const port = await freePort();
  const first = await startRunningApp({ FLOWLOG_METRICS_PORT: String(port) }, /Slack look-alike/);
  const second = startRunningApp({ FLOWLOG_METRICS_PORT: String(port) }, /Slack look-alike/);
  await expect(second).rejects.toThrow(
    `Port \`${port}\` of \`127.0.0.1\` cannot serve the metrics: another process has it.\nSet FLOWLOG_METRICS_PORT`,
  );
  await first.stop();
});
