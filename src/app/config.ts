import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ACCOUNTS, SOURCES } from './settings/lists.ts';
import { SETTINGS } from './settings/settings.ts';

type Settings = typeof SETTINGS;

/** Lists and tables, which only fit into flowlog.yml. */
const LISTS = {
  /** Athena's price by region, dollars a terabyte, where it differs; one that was left empty must not be read as 0. */
  prices: z.record(z.string(), z.number().nonnegative()).default({}),
  /** Accounts other than that of our own credentials. */
  accounts: ACCOUNTS,
  /** Flow logs that AWS does not list, or whose table flowlog did not create. */
  sources: SOURCES,
} as const;

type Lists = { readonly [K in keyof typeof LISTS]: z.output<(typeof LISTS)[K]> };

/** What was configured, with defaults filled in. */
export type Config = { readonly [K in keyof Settings]: z.output<Settings[K]['schema']> } & Lists;

/** Every problem of a configuration at once, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Reads the configuration from environment variables and, under them, from the text of a flowlog.yml.
 * @throws ConfigError with everything that is wrong, naming the variable or the key.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>, yaml = ''): Config {
  const problems: string[] = [];
  const file = readYaml(yaml, problems);
  const known = new Set([...Object.keys(LISTS), ...Object.values(SETTINGS).map(({ key }) => key)]);
  problems.push(
    ...Object.keys(file)
      .filter((key) => !known.has(key))
      .map((key) => `flowlog.yml: \`${key}\` is not a setting`),
  );
  const values = Object.entries(SETTINGS).map(([name, { variable, key, schema }]) => {
    const given = present(environment[variable]);
    const read = schema.safeParse(given ?? present(file[key]));
    if (read.success) return [name, read.data];
    const where = given === undefined ? `flowlog.yml: \`${key}\`` : variable;
    problems.push(`${where}: ${read.error.issues.map(({ message }) => message).join('; ')}`);
    return [name, undefined];
  });
  const config: Config = { ...Object.fromEntries(values), ...readLists(file, problems) };
  // A setting that is there but wrong is already a problem; it is not missing as well.
  problems.push(
    ...contradictions(config).filter((problem) => !problems.some((known) => sameVariable(known, problem))),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readLists(file: Readonly<Record<string, unknown>>, problems: string[]): Lists {
  const read = <K extends keyof Lists>(key: K, schema: z.ZodType<Lists[K]>, none: Lists[K]): Lists[K] => {
    const found = schema.safeParse(present(file[key]));
    if (found.success) return found.data;
    problems.push(
      ...found.error.issues.map(
        ({ path, message }) => `flowlog.yml: \`${[key, ...path].join('.')}\`: ${message}`,
      ),
    );
    return none;
  };
  return {
    prices: read('prices', LISTS.prices, {}),
    accounts: read('accounts', LISTS.accounts, []),
    sources: read('sources', LISTS.sources, []),
  };
}

/**
 * An empty variable, as compose files leave them, and a key without a value count as unset: read as a number they would
 * be 0.
 */
function present(given: unknown): unknown {
  return given === null || (typeof given === 'string' && given.trim() === '') ? undefined : given;
}

function readYaml(yaml: string, problems: string[]): Readonly<Record<string, unknown>> {
  try {
    const read = z.record(z.string(), z.unknown()).nullish().safeParse(parse(yaml));
    if (read.success) return read.data ?? {};
    problems.push('flowlog.yml: must hold settings as `key: value`');
  } catch (error) {
    problems.push(`flowlog.yml: ${error instanceof Error ? error.message.split('\n')[0] : 'cannot be read'}`);
  }
  return {};
}

function sameVariable(known: string, missing: string): boolean {
  const [variable = ''] = missing.split(' ');
  const setting = Object.values(SETTINGS).find((each) => each.variable === variable);
  return known.startsWith(`${variable}:`) || known.startsWith(`flowlog.yml: \`${setting?.key}\``);
}

function contradictions({ slackMode, botToken, appToken, signingSecret }: Config): readonly string[] {
  const needs = (variable: string, mode: string) => `${variable} is missing: ${mode} needs it`;
  return [
    slackMode === 'socket' && botToken === undefined && needs('SLACK_BOT_TOKEN', 'socket mode'),
    slackMode === 'socket' && appToken === undefined && needs('SLACK_APP_TOKEN', 'socket mode'),
    slackMode === 'http' && botToken === undefined && needs('SLACK_BOT_TOKEN', 'http mode'),
    slackMode === 'http' && signingSecret === undefined && needs('SLACK_SIGNING_SECRET', 'http mode'),
    slackMode === undefined &&
      botToken !== undefined &&
      appToken === undefined &&
      needs('SLACK_APP_TOKEN', 'Slack'),
    slackMode === undefined &&
      botToken === undefined &&
      appToken !== undefined &&
      needs('SLACK_BOT_TOKEN', 'Slack'),
  ].filter((problem) => problem !== false);
}

/** The text of `flowlog.yml` in the folder where flowlog was started; empty when there is none. */
export function readFlowlogYml(path = 'flowlog.yml'): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
