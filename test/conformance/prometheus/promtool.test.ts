import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../../slack/free-port.ts';
import { ALERTS, alerts, queries } from '../../support/monitoring.ts';
import { startRunningApp } from '../../support/running-app.ts';

const TESTS = 'test/conformance/prometheus/alerts.test.yml';

/** Whether these suites can run: where promtool is not installed they are skipped aloud, and in CI they fail. */
function hasPromtool(): boolean {
  if (spawnSync('promtool', ['--version']).status === 0) return true;
  if (process.env.CI) throw new Error('promtool is not installed: `apt-get install prometheus`');
  console.warn('SKIPPED: promtool is not installed, so that metrics and alerts are not judged.');
  return false;
}

/** What Prometheus's own tool says, and whether it agrees. */
function promtool(args: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync('promtool', args, { input, encoding: 'utf8' });
  return { agrees: status === 0, said: `${stdout}${stderr}` };
}

/** A file of rules that is there until the test ends. */
function rulesFile(rules: readonly object[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'flowlog-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'rules.yml');
  writeFileSync(path, JSON.stringify({ groups: [{ name: 'asked', rules }] }));
  return path;
}

describe.runIf(hasPromtool())('promtool', () => {
  it('takes the rules of the alerts', () => {
    const { agrees, said } = promtool(['check', 'rules', ALERTS]);
    expect(said).toContain('SUCCESS: 5 rules found');
    expect(agrees).toBe(true);
  });

  it('sees each alert fire where it should, and not where it should not', () => {
    const { agrees, said } = promtool(['test', 'rules', TESTS]);
    expect(said).toContain('SUCCESS');
    expect(agrees).toBe(true);
  });

  it('is asked of each alert both that it fires and that it does not', () => {
    const { tests } = parse(readFileSync(TESTS, 'utf8'));
    const cases: readonly { alertname: string; exp_alerts: readonly object[] }[] = tests.flatMap(
      (each: { readonly alert_rule_test: readonly object[] }) => each.alert_rule_test,
    );
    const asked = (fires: boolean) =>
      new Set(
        cases.filter(({ exp_alerts }) => exp_alerts.length > 0 === fires).map(({ alertname }) => alertname),
      );
    const names = new Set(alerts().map(({ alert }) => alert));
    expect(asked(true)).toEqual(names);
    expect(asked(false)).toEqual(names);
  });

  it('takes every query of the dashboard', () => {
    const rules = queries().map((expr, index) => ({ record: `asked:${index}`, expr }));
    const { agrees, said } = promtool(['check', 'rules', rulesFile(rules)]);
    expect(said).toContain(`SUCCESS: ${rules.length} rules found`);
    expect(agrees).toBe(true);
  });

  it('refuses a query that is none', () => {
    expect(promtool(['check', 'rules', rulesFile([{ record: 'a', expr: 'rate(x)' }])]).agrees).toBe(false);
  });

  it('finds nothing against the metrics of a running app', async () => {
    const port = await freePort();
    const app = await startRunningApp({ FLOWLOG_METRICS_PORT: String(port) }, /Slack look-alike/);
    onTestFinished(() => app.stop());
    app.process.stdin?.write('to 10.0.12.21 last 1h\n');
    const metrics = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    await expect.poll(metrics, { timeout: 60_000 }).toContain('flowlog_questions_total{query="to"');
    expect(promtool(['check', 'metrics'], await metrics())).toEqual({ agrees: true, said: '' });
    expect(promtool(['check', 'metrics'], '# TYPE a_total gauge\na_total 1\n').agrees).toBe(false);
  });
});
