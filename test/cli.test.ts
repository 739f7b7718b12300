import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf } from './fixtures/log-records.ts';
import { writeRecords } from './fixtures/write-records.ts';
import { emptyFolder } from './support/open-lake.ts';
import { type CliOptions, runCli } from './support/run-cli.ts';

/** The story two years earlier: the command line has no clock but the real one, and must not ask for the future. */
const EARLIER_SECONDS = 730 * 86_400;
const WINDOW = 'since 2024-11-22T10:00Z until 2024-11-22T10:40Z';

let folder = '';
let remove: () => Promise<void>;
let lake = '';

beforeAll(async () => {
  ({ folder, remove } = await emptyFolder());
  lake = join(folder, 'lake');
  const records = recordsOf().map((record) => ({
    ...record,
    start: String(Number(record.start) - EARLIER_SECONDS),
    end: String(Number(record.end) - EARLIER_SECONDS),
  }));
  await writeRecords(lake, records);
});
afterAll(() => remove());

function run(args: readonly string[], { environment, ...options }: CliOptions = {}) {
  return runCli(args, { environment: { FLOWLOG_STATE: join(folder, 'state'), ...environment }, ...options });
}

it.each([
  ['help', 0],
  ['to 10.0.1', 2],
])('what runs nothing opens nothing, and needs no lake: %s', async (line, code) => {
  const state = join(folder, `none-${code}`);
  const ended = await runCli(['--lake', join(folder, 'no lake'), line], {
    environment: { FLOWLOG_STATE: state },
  });
  expect(ended.code).toBe(code);
  expect(existsSync(state)).toBe(false);
});

describe.concurrent('an answer', () => {
  it('is text on standard output', async () => {
    const { code, out, aside } = await run(['--lake', lake, 'rejected', ...WINDOW.split(' ')]);
    expect(out).toMatch(/^✕ Rejected · 10\.0\.2\.20 has rejected 10\.0\.1\.10 on 5432 postgres since /);
    expect(out).toContain('Go on with');
    expect([code, aside]).toEqual([0, 'Reading 10 files (3.1 KB), free on the embedded engine\n']);
  });

  it('is one JSON object with --json, in no more rows than --limit', async () => {
    const { code, out, aside } = await run(['--lake', lake, '--json', '--limit', '1', `rejected ${WINDOW}`]);
    const json = JSON.parse(out);
    expect(Object.keys(json)).toEqual([
      'question',
      'headline',
      'finding',
      'columns',
      'rows',
      'truncated',
      'run',
      'cost',
      'coverage',
    ]);
    expect(json).toMatchObject({
      truncated: true,
      rows: [{ source: '10.0.1.10' }],
      run: { engine: 'duckdb' },
    });
    expect([code, aside]).toEqual([0, '']);
  });

  it('comes with what was read and run on standard error with --verbose', async () => {
    const { code, out, aside } = await run(['--lake', lake, '--json', '--verbose', `rejected ${WINDOW}`]);
    expect(JSON.parse(out)).toHaveProperty('rows');
    expect(aside).toMatch(/^sources: chose what to read · \d+ ms · source .*lake.* · files 10 · bytes \d+/m);
    expect(aside).toMatch(/^ {4}AWSLogs\/.*\.log\.gz$/m);
    expect(aside).toMatch(/^duckdb: runs a statement · bound \d+\n {4}WITH /m);
    expect(aside).toMatch(/^duckdb: the run ended · \d+ ms · id \S+ · scannedBytes \d+ · filesRead 10/m);
    expect(code).toBe(0);
  });

  it('is CSV and nothing else with --csv; the rest goes to standard error', async () => {
    const { code, out, aside } = await run(['--lake', lake, '--csv', `rejected ${WINDOW}`]);
    expect(out.split('\r\n')).toHaveLength(4);
    expect(out).toMatch(/^source,sources,destination,/);
    expect(aside).toMatch(/^10\.0\.2\.20 has rejected 10\.0\.1\.10/);
    expect(aside).toContain('Complete up to');
    expect(code).toBe(0);
  });

  it('reads times in the zone of --tz', async () => {
    const line = 'rejected since 2024-11-22T19:00 until 2024-11-22T19:40';
    const { out } = await run(['--lake', lake, '--tz', 'Asia/Tokyo', '--json', line]);
    expect(JSON.parse(out).question.window).toEqual({
      from: '2024-11-22T10:00:00.000Z',
      to: '2024-11-22T10:40:00.000Z',
    });
  });

  it('does not fail when its reader closes the pipe early', async () => {
    const { code, aside } = await run(['--lake', lake, `records ${WINDOW}`], { deaf: true });
    expect([code, aside]).toEqual([0, 'Reading 10 files (3.1 KB), free on the embedded engine\n']);
  });
});

it.concurrent('flowlog prints help, also where there is no terminal to ask for a line', async () => {
  const { code, out, aside } = await run(['--lake', lake]);
  expect(out).toMatch(/Is it reachable\?\n {2}node dist\/cli\.js why <address> <address>/);
  expect([code, aside]).toEqual([0, '']);
});

describe.concurrent('a mistake', () => {
  it('is reported on standard error with a line that can be pasted, and exits with 2', async () => {
    const { code, out, aside } = await run(['--lake', lake, 'to 10.0.1.300 last 1h']);
    expect([code, out]).toEqual([2, '']);
    const [, corrected = ''] = /^Try: node dist\/cli\.js --lake \S+ (.*)$/m.exec(aside) ?? [];
    expect(corrected).toBe('help to');
    expect((await run(['--lake', lake, corrected])).code).toBe(0);
  });

  it('is a name where there is only a folder, which knows none', async () => {
    const { code, out, aside } = await run(['--lake', lake, 'to', 'db-1']);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(aside).toBe('`db-1` is a name, and a folder of flow logs knows no names.\nType its address.\n');
  });

  it('is JSON with --json', async () => {
    const { code, out, aside } = await run(['--json', '--lake', lake, 'too 10.0.1.1']);
    expect(JSON.parse(out)).toEqual({
      error: { message: 'There is no query `too`.', next: '', correctedLine: 'to 10.0.1.1', offers: [] },
    });
    expect([code, aside]).toEqual([2, '']);
  });

  it('in the options exits with 2, before anything is opened', async () => {
    const { code, out, aside } = await run(['--colour', 'to']);
    expect(aside).toMatch(/^Unknown option `--colour`\.\nSee `flowlog --help`\.\n$/);
    expect([code, out]).toEqual([2, '']);
  });
});

describe.concurrent('a lake', () => {
  it('that is not there is named', async () => {
    const { code, aside } = await run(['--lake', join(folder, 'nowhere'), 'rejected']);
    expect(aside).toMatch(/The lake `.*nowhere` is not there\.\nGive the folder/);
    expect(code).toBe(2);
  });

  it('that is a file is refused', async () => {
    await writeFile(join(folder, 'file'), '');
    const { code, aside } = await run(['--lake', join(folder, 'file'), '--json', 'rejected']);
    expect([code, aside]).toEqual([2, '']);
  });

  it('that is empty proves nothing', async () => {
    await mkdir(join(folder, 'empty'));
    const { code, out } = await run(['--lake', join(folder, 'empty'), 'to 10.0.1.5']);
    expect(out).toMatch(/^Cannot say whether there was traffic to 10\.0\.1\.5/);
    expect(code).toBe(0);
  });

  it('that may not be read is not taken for an empty one', async ({ skip }) => {
    if (process.getuid?.() === 0) {
      console.warn(
        'SKIPPED: the superuser may read every folder, so an unreadable lake is not tested at all.',
      );
      skip();
    }
    const locked = join(folder, 'locked');
    await mkdir(locked, { mode: 0o000 });
    const { code, out } = await run(['--lake', locked, 'to 10.0.1.5']);
    await chmod(locked, 0o700);
    expect([code, out]).toEqual([2, '']);
  });
});

it('every problem of the configuration is reported, and the process exits with 2', async () => {
  const environment = { FLOWLOG_THREADS: '0', FLOWLOG_MEMORY_MB: 'much' };
  const { code, aside } = await run(['help'], { environment });
  expect(aside).toMatch(/FLOWLOG_MEMORY_MB: .*\n.*FLOWLOG_THREADS: /s);
  expect(code).toBe(2);
});

it("the AWS SDK's warning about future Node.js versions is not printed", async () => {
  const environment = {
    FLOWLOG_AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
  };
  const { code, aside } = await run(['help', 'sources'], { environment });
  expect([code, aside]).toEqual([0, '']);
});
