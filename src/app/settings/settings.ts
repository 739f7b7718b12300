import { z } from 'zod';
import { DEFAULT_PRICES } from '../../core/answer/cost.ts';
import { DEBUG_AREAS } from '../debug.ts';
import { AWS_SETTINGS } from './aws-settings.ts';
import { LEAST_MEMORY_MB, shareOfMemoryMb, thisMemory } from './memory.ts';
import { METRICS_SETTINGS } from './metrics-settings.ts';
import type { Setting } from './setting.ts';

const number = () => z.coerce.number({ error: 'is not a number' });
const portNumber = number().int().min(0).max(65_535);
/** YAML reads a bare `yes` as text, and `true` as what it is. */
const yesOrNo = z
  .union([z.boolean(), z.enum(['yes', 'no'])], { error: 'must be yes or no' })
  .transform((said) => said === true || said === 'yes');
const folder = z.string().min(1);
const token = (prefix: string) => z.string().startsWith(prefix).optional();

/** Everything that can be configured; the README's table is made from it. */
export const SETTINGS = {
  lake: {
    variable: 'FLOWLOG_LAKE',
    key: 'lake',
    about: 'Folder with flow logs in an S3 layout of AWS; without it the sample network is shown',
    schema: folder.optional(),
  },
  stateFolder: {
    variable: 'FLOWLOG_STATE',
    key: 'state',
    about: 'Folder for what must survive a restart, and for spilled memory',
    schema: folder.default('.flowlog'),
  },
  cache: {
    variable: 'FLOWLOG_CACHE',
    key: 'cache',
    about:
      'Folder where text files of a lake are kept as Parquet once they were read, so that later questions need not inflate them; `off` keeps nothing',
    fallbackWords: '`kept` in the state folder',
    schema: folder.optional(),
  },
  directMb: {
    variable: 'FLOWLOG_DIRECT_MB',
    key: 'direct-mb',
    about:
      'How much of a bucket is fetched for a question at most, in MB of files that are not kept yet: such a question needs no table and no Athena. `0` has Athena read everything; `engine=direct` and `engine=athena` in a line decide by hand',
    schema: number().nonnegative().default(200),
  },
  cacheMb: {
    variable: 'FLOWLOG_CACHE_MB',
    key: 'cache-mb',
    about: 'How much is kept there at most, in MB; what was not read for longest goes first',
    schema: number().int().min(1).max(10_000_000).default(10_000),
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    key: 'database-url',
    about:
      'PostgreSQL database for what must survive a restart, `postgres://user:password@host:5432/database`: for several processes that share it',
    fallbackWords: 'a file in the state folder',
    secret: true,
    schema: z
      .string()
      .refine(isPostgresUrl, 'is not of the form postgres://user:password@host:5432/database')
      .optional(),
  },
  historyDays: {
    variable: 'FLOWLOG_HISTORY_DAYS',
    key: 'history-days',
    about:
      'How long questions that have ended, and plans that were never confirmed, are kept at least, in days',
    schema: number().positive().max(3_660).default(90),
  },
  auditDays: {
    variable: 'FLOWLOG_AUDIT_DAYS',
    key: 'audit-days',
    about: 'How long the record of who did what is kept, in days (`docs/audit.md`)',
    fallbackWords: 'for ever',
    schema: number().positive().max(36_600).optional(),
  },
  zone: {
    variable: 'FLOWLOG_TZ',
    key: 'tz',
    about: 'Time zone of the terminal, an IANA name; people in Slack have their own',
    fallbackWords: "the system's",
    schema: z.string().refine(isZone, 'is not a time zone such as Europe/Berlin').optional(),
  },
  longestWindow: {
    variable: 'FLOWLOG_LONGEST_WINDOW_HOURS',
    key: 'longest-window-hours',
    about: 'Longest window that a question may have, in hours',
    schema: number()
      .positive()
      .max(24 * 366)
      .default(24 * 7),
  },
  timeoutSeconds: {
    variable: 'FLOWLOG_TIMEOUT_SECONDS',
    key: 'timeout-seconds',
    about: 'A question that runs longer is stopped',
    schema: number().positive().max(3_600).default(120),
  },
  names: {
    variable: 'FLOWLOG_NAMES',
    key: 'names',
    about:
      'Whether answers show what EC2 calls addresses and interfaces, unless a line says `names=on` or `names=off`: `yes` or `no`',
    fallbackWords: '`yes`',
    schema: yesOrNo.default(true),
  },
  awsRanges: {
    variable: 'FLOWLOG_AWS_RANGES',
    key: 'aws-ranges',
    about:
      'Whether public addresses are named by the ranges that AWS publishes, `S3 us-east-1`: flowlog fetches them from ip-ranges.amazonaws.com once a day. `yes` or `no`',
    fallbackWords: '`yes` where the region of Athena is set, else `no`',
    schema: yesOrNo.optional(),
  },
  nameDays: {
    variable: 'FLOWLOG_NAME_DAYS',
    key: 'name-days',
    about: 'How long it is remembered which address had which name, in days: for questions about the past',
    schema: number().positive().max(3_660).default(90),
  },
  memoryMb: {
    variable: 'FLOWLOG_MEMORY_MB',
    key: 'memory-mb',
    about: 'Memory that the embedded engine may use before it spills to disk, at least 256',
    fallbackWords: 'a quarter of the memory that the process may use',
    schema: number()
      .int()
      .min(LEAST_MEMORY_MB)
      .default(() => shareOfMemoryMb(thisMemory())),
  },
  threads: {
    variable: 'FLOWLOG_THREADS',
    key: 'threads',
    about: 'Threads of the embedded engine; no more than one for each 125 MB of its memory are used',
    schema: number().int().min(1).max(256).default(2),
  },
  dollarsPerTb: {
    variable: 'FLOWLOG_DOLLARS_PER_TB',
    key: 'dollars-per-tb',
    about:
      'What Athena asks for a terabyte scanned; regions that differ are listed under `prices` in flowlog.yml',
    schema: number().nonnegative().default(DEFAULT_PRICES.dollarsPerTb),
  },
  ...AWS_SETTINGS,
  command: {
    variable: 'FLOWLOG_COMMAND',
    key: 'command',
    about: 'Name of the slash command, as in the manifest',
    schema: z
      .string()
      .regex(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and up to 31 lower-case letters, digits, - or _')
      .default('/flowlog'),
  },
  slackMode: {
    variable: 'FLOWLOG_SLACK_MODE',
    key: 'slack-mode',
    about: 'How Slack reaches the app: `socket` (no public address) or `http`; `off` is the playground only',
    fallbackWords: '`socket` when tokens are there, else `off`',
    schema: z.enum(['socket', 'http', 'off']).optional(),
  },
  botToken: {
    variable: 'SLACK_BOT_TOKEN',
    key: 'slack-bot-token',
    about: 'Bot token of the installed app, `xoxb-…`',
    secret: true,
    schema: token('xoxb-'),
  },
  appToken: {
    variable: 'SLACK_APP_TOKEN',
    key: 'slack-app-token',
    about: 'App-level token with `connections:write`, for socket mode, `xapp-…`',
    secret: true,
    schema: token('xapp-'),
  },
  signingSecret: {
    variable: 'SLACK_SIGNING_SECRET',
    key: 'slack-signing-secret',
    about: 'Signing secret of the app, for http mode',
    secret: true,
    schema: z.string().min(8).optional(),
  },
  teams: {
    variable: 'FLOWLOG_TEAMS',
    key: 'teams',
    about:
      'Other workspaces whose people may ask, in shared channels too: ids with commas between them, `E…` for a whole organisation',
    fallbackWords: 'none: members of the workspace of the app alone',
    schema: z
      .string()
      .transform((text) => text.split(',').map((each) => each.trim()))
      .refine((ids) => ids.every((id) => /^[TE][A-Z0-9]{2,}$/.test(id)), {
        error: 'must be ids such as T012ABCDEF with commas between them',
      })
      .default([]),
  },
  guests: {
    variable: 'FLOWLOG_GUESTS',
    key: 'guests',
    about: 'Whether guests of the workspace may ask: `yes` or `no`',
    fallbackWords: '`no`',
    schema: yesOrNo.default(false),
  },
  questionsAPerson: {
    variable: 'FLOWLOG_QUESTIONS_A_PERSON',
    key: 'questions-a-person',
    about: 'So many questions of one person in Slack may wait or run at once; the next is refused',
    schema: number().int().min(1).max(1_000).default(10),
  },
  slackApiUrl: {
    variable: 'FLOWLOG_SLACK_API_URL',
    key: 'slack-api-url',
    about: "Another URL of Slack's Web API than slack.com's, ending with `/`: GovSlack's, or an emulator's",
    schema: z
      .url({ protocol: /^https?$/, error: 'is not an address such as https://slack-gov.com/api/' })
      .refine((url) => url.endsWith('/'), 'must end with /')
      .optional(),
  },
  httpPort: {
    variable: 'PORT',
    key: 'port',
    about: 'Port for Slack’s requests in http mode',
    schema: portNumber.default(3000),
  },
  httpHost: {
    variable: 'FLOWLOG_HTTP_HOST',
    key: 'http-host',
    about:
      'The one address of this machine on which http mode listens, such as `127.0.0.1` when a proxy here takes the requests',
    fallbackWords:
      'every address, because the proxy is often another machine; what Slack did not sign is refused',
    schema: z.union([z.ipv4(), z.ipv6()], { error: 'is not an address such as 127.0.0.1' }).optional(),
  },
  playgroundPort: {
    variable: 'FLOWLOG_PLAYGROUND_PORT',
    key: 'playground-port',
    about: 'Port of the playground on this machine; 0 takes any that is free',
    schema: portNumber.default(4680),
  },
  ...METRICS_SETTINGS,
  logLevel: {
    variable: 'FLOWLOG_LOG_LEVEL',
    key: 'log-level',
    about: 'Lowest level that is logged',
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  },
  debug: {
    variable: 'FLOWLOG_DEBUG',
    key: 'debug',
    about: `Parts that write debug lines too, with commas between them: ${DEBUG_AREAS.map((area) => `\`${area}\``).join(', ')}, or \`*\``,
    fallbackWords: 'none',
    schema: z
      .string()
      .transform((text) => text.split(',').map((each) => each.trim()))
      .refine((listed) => listed.every((each) => each === '*' || DEBUG_AREAS.some((area) => area === each)), {
        error: `must be some of ${DEBUG_AREAS.join(', ')} with commas between them, or *`,
      })
      .default([]),
  },
} as const satisfies Record<string, Setting<unknown>>;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\/./.test(text) && URL.canParse(text);
}
