import { expect, it, onTestFinished } from 'vitest';
import { ec2Fault, script } from '../fakes/aws/answers.ts';
import { startFakeAws } from '../fakes/aws/fake-aws.ts';
import { freePort } from '../slack/free-port.ts';
import { givenPlayground, TOKENS } from '../slack/given-slack.ts';
import { type RunningApp, startRunningApp } from '../support/running-app.ts';

const INCIDENT = '#incident-42';

/** The built app in a Slack of the test, with its metrics. */
async function givenApp(environment: Readonly<Record<string, string>> = {}) {
  const playground = await givenPlayground({});
  const port = await freePort();
  const app = await startRunningApp(
    {
      SLACK_BOT_TOKEN: TOKENS.botToken,
      SLACK_APP_TOKEN: TOKENS.appToken,
      FLOWLOG_SLACK_API_URL: playground.slackApiUrl,
      FLOWLOG_METRICS_PORT: String(port),
      ...environment,
    },
    /"msg":"ready"/,
  );
  onTestFinished(() => app.stop());
  await playground.until(() => (playground.sockets() === 2 ? true : undefined));
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const ask = (text: string) => playground.type({ person: 'ana', channel: INCIDENT, text });
  return { playground, app, get, ask };
}

/** The outcomes of the lines that the log has of questions. */
function outcomesIn(app: RunningApp): readonly unknown[] {
  const lines = app.printed().split('\n');
  return lines.filter((line) => line.includes('a question ended')).map((line) => JSON.parse(line).outcome);
}

it('an app is ready while Slack is connected, lives on when it is not, and counts what passes between them', async () => {
  const { playground, app, get, ask } = await givenApp();
  expect(await get('/readyz')).toEqual({ status: 200, text: 'ready\n' });
  await ask('/flowlog to 10.0.12.21 last 15m');
  await expect.poll(() => outcomesIn(app), { timeout: 25_000 }).toEqual(['answered']);
  const { text } = await get('/metrics');
  expect(text).toMatch(/^flowlog_slack_ack_duration_seconds_count 1$/m);
  expect(text).toMatch(/^flowlog_slack_calls_total\{method="chat\.postMessage",code="ok"\} \d$/m);
  playground.faults.dropSockets();
  await expect
    .poll(() => get('/readyz'))
    .toEqual({
      status: 503,
      text: 'Slack is not connected: no socket is open; flowlog keeps trying.\n',
    });
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/metrics')).text).toMatch(/^flowlog_slack_connected 0$/m);
  await expect.poll(async () => (await get('/readyz')).status, { timeout: 15_000 }).toBe(200);
});

it('an app counts the faults of AWS by service, operation and code', async () => {
  const aws = await startFakeAws(
    script({ DescribeFlowLogs: [ec2Fault('UnauthorizedOperation', 'no', 403)] }),
  );
  const { app, get, ask } = await givenApp({
    FLOWLOG_AWS_REGION: 'eu-central-1',
    FLOWLOG_DIRECT_MB: '0',
    FLOWLOG_AWS_ENDPOINT: aws.endpoint,
    FLOWLOG_AWS_RANGES: 'no',
    AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  await ask('/flowlog to 10.0.12.21 last 15m');
  await expect.poll(() => outcomesIn(app), { timeout: 25_000 }).toHaveLength(1);
  const { text } = await get('/metrics');
  expect(text).toMatch(
    /^flowlog_aws_calls_total\{service="ec2",operation="DescribeFlowLogs",code="UnauthorizedOperation"\} \d+$/m,
  );
  expect(text).toMatch(
    /^flowlog_aws_calls_total\{service="sts",operation="GetCallerIdentity",code="ok"\} \d+$/m,
  );
});

it('an app that is stopped in the middle of a question says in the log that it is paused', async () => {
  const { playground, app, ask } = await givenApp();
  // The answer is not taken by Slack before the stop.
  playground.faults.next('chat.update', { kind: 'http_error', status: 503 }, 1_000);
  await ask('/flowlog to 10.0.12.21 last 15m');
  await expect.poll(() => playground.messages(INCIDENT), { timeout: 25_000 }).not.toEqual([]);
  app.process.kill('SIGTERM');
  await expect.poll(() => app.isAlive(), { timeout: 15_000 }).toBe(false);
  expect(outcomesIn(app)).toEqual(['paused']);
});
