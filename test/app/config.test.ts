import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../src/app/config.ts';
import { SETTINGS } from '../../src/app/settings/settings.ts';

/** The problems of a configuration, one a line. */
function problemsOf(environment: Readonly<Record<string, string>>, yaml = ''): readonly string[] {
  try {
    readConfig(environment, yaml);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

it('the configuration is valid without any setting', () => {
  expect(readConfig({})).toMatchObject({
    lake: undefined,
    stateFolder: '.flowlog',
    longestWindow: 168,
    timeoutSeconds: 120,
    dollarsPerTb: 5,
    command: '/flowlog',
    slackMode: undefined,
    playgroundPort: 4680,
    logLevel: 'info',
    prices: {},
  });
});

it('an environment variable overrides flowlog.yml, which overrides the default', () => {
  const yaml = 'lake: from-file\nthreads: 3\nprices:\n  sa-east-1: 9\n';
  const config = readConfig({ FLOWLOG_LAKE: 'from-environment' }, yaml);
  expect(config).toMatchObject({
    lake: 'from-environment',
    threads: 3,
    timeoutSeconds: 120,
    prices: { 'sa-east-1': 9 },
  });
});

it('the configuration reads an empty variable, as compose files leave them, as unset', () => {
  expect(readConfig({ FLOWLOG_LAKE: '', FLOWLOG_THREADS: ' ' }, 'lake: from-file\nthreads: 3').lake).toBe(
    'from-file',
  );
  expect(readConfig({ FLOWLOG_DOLLARS_PER_TB: ' ' }).dollarsPerTb).toBe(5);
});

it('the configuration reads a key without a value as unset, not as zero', () => {
  const config = readConfig({}, 'dollars-per-tb:\nport:\nprices:\n');
  expect(config).toMatchObject({ dollarsPerTb: 5, httpPort: 3000, prices: {} });
});

it('the configuration reports every problem at once, by variable or by key', () => {
  const problems = problemsOf(
    { FLOWLOG_THREADS: '0', FLOWLOG_TZ: 'Mars/Olympus', FLOWLOG_COMMAND: 'flowlog', SLACK_BOT_TOKEN: 'nope' },
    'memory-mb: 1\ncolour: red\nprices:\n  eu-west-1: cheap\n',
  );
  expect(problems).toHaveLength(7);
  for (const where of [
    'FLOWLOG_THREADS',
    'FLOWLOG_TZ',
    'FLOWLOG_COMMAND',
    'SLACK_BOT_TOKEN',
    '`memory-mb`',
    '`colour`',
    '`prices.eu-west-1`',
  ]) {
    expect(problems.filter((problem) => problem.includes(where))).toHaveLength(1);
  }
  expect(new ConfigError(problems).message).toMatch(/^The configuration cannot be used:\n( {2}- .*\n?){7}$/);
});

it('FLOWLOG_DEBUG takes a list of areas, and refuses an unknown one', () => {
  expect(readConfig({}).debug).toEqual([]);
  expect(readConfig({ FLOWLOG_DEBUG: 'athena, slack' }).debug).toEqual(['athena', 'slack']);
  expect(readConfig({}, "debug: '*'").debug).toEqual(['*']);
  expect(problemsOf({ FLOWLOG_DEBUG: 'athena,sql' })).toEqual([
    'FLOWLOG_DEBUG: must be some of sources, athena, duckdb, aws, slack with commas between them, or *',
  ]);
});

describe('contradictory settings', () => {
  const bot = { SLACK_BOT_TOKEN: 'xoxb-1' };
  const app = { SLACK_APP_TOKEN: 'xapp-1' };
  const secret = { SLACK_SIGNING_SECRET: '0123456789abcdef' };

  it.each([
    [{ FLOWLOG_SLACK_MODE: 'socket' }, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    [{ FLOWLOG_SLACK_MODE: 'http' }, ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET']],
    [{ FLOWLOG_SLACK_MODE: 'http', ...bot }, ['SLACK_SIGNING_SECRET']],
    [bot, ['SLACK_APP_TOKEN']],
    [app, ['SLACK_BOT_TOKEN']],
    [{ FLOWLOG_SLACK_MODE: 'off', ...bot }, []],
    [{ ...bot, ...app }, []],
    [{ FLOWLOG_SLACK_MODE: 'http', ...bot, ...secret }, []],
  ])('are reported: %o', (environment, missing) => {
    const problems = problemsOf(environment);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(missing);
  });

  it('are not reported as missing where a setting is there but wrong', () => {
    expect(problemsOf({ FLOWLOG_SLACK_MODE: 'socket', ...app, SLACK_BOT_TOKEN: 'xapp-2' })).toEqual([
      expect.stringMatching(/^SLACK_BOT_TOKEN: /),
    ]);
  });
});

it.each(Object.entries(SETTINGS).filter(([, setting]) => 'secret' in setting))(
  'never repeats the secret %s',
  (_, { variable, key }) => {
    const wrong = 'hunter2';
    const said = [
      ...problemsOf({ [variable]: wrong }),
      ...problemsOf({}, `${key}: ${wrong}`),
      ...problemsOf({}, `${key}: [${wrong}`),
    ];
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(said.join()).not.toContain(wrong);
  },
);

it.each([
  ['- a list', /must hold settings/],
  ['just words', /must hold settings/],
  ['lake: [unclosed', /flowlog\.yml/],
  ['lake: a\nlake: b', /flowlog\.yml/],
])('the configuration refuses the file %j', (yaml, expected) => {
  expect(problemsOf({}, yaml).join()).toMatch(expected);
});

it('the configuration describes each setting for the README, each under its own name', () => {
  const settings = Object.values(SETTINGS);
  for (const { about, key, variable } of settings) {
    expect(about).toMatch(/^[A-Z].*[^.]$/);
    expect(key).toMatch(/^[a-z-]+$/);
    expect(variable).toMatch(/^[A-Z_]+$/);
  }
  expect(new Set(settings.map(({ key }) => key)).size).toBe(settings.length);
  expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length);
});
