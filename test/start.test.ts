import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, it } from 'vitest';
import { ec2, script } from './fakes/aws/answers.ts';
import { startFakeAws } from './fakes/aws/fake-aws.ts';

const folder = mkdtempSync(join(tmpdir(), 'flowlog-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(environment: Readonly<Record<string, string>>) {
  const app = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH ?? '',
      FLOWLOG_STATE: folder,
      FLOWLOG_PLAYGROUND_PORT: '0',
      ...environment,
    },
  });
  const ended = new Promise<number | null>((resolve) => app.on('close', resolve));
  return { app, ended };
}

async function failure(environment: Readonly<Record<string, string>>) {
  const { app, ended } = start(environment);
  const said = await text(app.stderr);
  return { code: await ended, said };
}

it('the app answers in the terminal without any setting, and stops on request', async () => {
  const { app, ended } = start({});
  let out = '';
  app.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  app.stdin.write('top-talkers last 1h\n');
  await expect.poll(() => out, { timeout: 25_000 }).toContain('Go on with');
  expect(out).toMatch(/The playground, a Slack look-alike on this machine: http:\/\/127\.0\.0\.1:\d+\//);
  expect(out.match(/^ {2}\S.* {2,}(?:Who|Why|What) .*\?$/gm)).toHaveLength(3);
  expect(out).toContain('backup (10.0.12.51) sent at least 5.0 GB to 203.0.113.99');
  app.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it.runIf(process.platform === 'linux')(
  'the event loop and what keeps the state go before the threads that scan',
  async () => {
    const { app, ended } = start({});
    let out = '';
    app.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    // DuckDB has its threads since the first question.
    app.stdin.write('top-talkers last 1h\n');
    await expect.poll(() => out, { timeout: 25_000 }).toContain('Go on with');
    const tasks = `/proc/${app.pid}/task`;
    const niceOf = (thread: string) => {
      const stat = readFileSync(join(tasks, thread, 'stat'), 'utf8');
      // The fields behind the name, which is in brackets; the 19th of all is the nice value.
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
    };
    const threads = readdirSync(tasks);
    const first = threads.filter((thread) => niceOf(thread) === getPriority());
    const nameOf = (thread: string) => readFileSync(join(tasks, thread, 'comm'), 'utf8').trim();
    // What is written down before an acknowledgement waits for no scan either.
    expect(first).toContain(String(app.pid));
    expect(first.filter((thread) => thread !== String(app.pid)).map(nameOf)).toEqual(['flowlog first']);
    expect(threads.length - first.length).toBeGreaterThan(4);
    app.kill('SIGTERM');
    await ended;
  },
);

it('the app says what it answers from where AWS is configured, and does not mention the sample', async () => {
  const aws = await startFakeAws(script({ DescribeFlowLogs: [ec2({ flowLogSet: [] })] }));
  const { app, ended } = start({
    FLOWLOG_AWS_REGION: 'eu-central-1',
    FLOWLOG_AWS_ENDPOINT: aws.endpoint,
    AWS_ACCESS_KEY_ID: 'AKIDOFTHETESTS',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });
  let out = '';
  app.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  await expect.poll(() => out, { timeout: 25_000 }).toContain('Try, there after /flowlog or here:');
  expect(out).toContain(
    'flowlog answers from AWS: account 111111111111 in eu-central-1, with Athena in eu-central-1.',
  );
  expect(out).toContain('There are no flow logs to answer from; `setup vpc-…` creates one.');
  expect(out).not.toMatch(/sample/i);
  expect(out).not.toMatch(/\d+\.\d+\.\d+\.\d+ /);
  app.kill('SIGTERM');
  expect(await ended).toBe(0);
});

it('the app does not start with a missing lake', async () => {
  const { code, said } = await failure({ FLOWLOG_LAKE: join(folder, 'nowhere') });
  expect(said).toMatch(/^The lake `.*nowhere` is not there\.\nGive the folder that holds `AWSLogs`/);
  expect(code).toBe(1);
});

it('the app reports every problem of the configuration at once', async () => {
  const { code, said } = await failure({ PORT: 'abc', FLOWLOG_TZ: 'Mars/Base', SLACK_BOT_TOKEN: 'xoxb-1' });
  expect(said).toContain('FLOWLOG_TZ: is not a time zone such as Europe/Berlin');
  expect(said).toContain('PORT: is not a number');
  expect(said).not.toContain('xoxb-1');
  expect(code).toBe(1);
});
