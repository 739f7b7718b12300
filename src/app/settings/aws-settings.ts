import { z } from 'zod';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { DOT_FOLDER, hasDotFolder } from '../../core/lake/log-source.ts';
import type { Setting } from './setting.ts';

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const WORKGROUP = new RegExp(`^[A-Za-z0-9._-]{1,${AWS_LIMITS.workgroupName}}$`);
const DATABASE = new RegExp(`^[a-z_][a-z0-9_]{0,${AWS_LIMITS.catalogName - 1}}$`);
const RESULTS = new RegExp(
  `^s3://[a-z0-9.-]{${AWS_LIMITS.bucketNameLeast},${AWS_LIMITS.bucketName}}/(?:.*/)?$`,
);
const GB = 1_000_000_000;
const number = () => z.coerce.number({ error: 'is not a number' });

/** Slack ids, or words that each mean several of them. */
const people = (...words: readonly string[]) =>
  z
    .string()
    .transform((text) => text.split(',').map((each) => each.trim()))
    .refine((ids) => ids.every((id) => words.includes(id) || /^[UW][A-Z0-9]{2,}$/.test(id)), {
      error: `must be ids such as U012ABCDEF with commas between them, or ${words.join(' or ')}`,
    });

/** What can be configured of AWS, of money, and of who may change something. */
export const AWS_SETTINGS = {
  awsRegion: {
    variable: 'FLOWLOG_AWS_REGION',
    key: 'aws-region',
    about: 'Region where Athena runs; with it flow logs are set up in AWS and asked there',
    schema: z.string().regex(REGION, 'is not a region such as eu-central-1').optional(),
  },
  awsRegions: {
    variable: 'FLOWLOG_AWS_REGIONS',
    key: 'aws-regions',
    about: 'Regions where flow logs are looked for, with commas between them, or `all`',
    fallbackWords: 'the region of Athena',
    schema: z
      .string()
      .refine((text) => text === 'all' || text.split(',').every((each) => REGION.test(each.trim())), {
        error: 'must be regions with commas between them, or all',
      })
      .transform((text) => text.split(',').map((each) => each.trim()))
      .optional(),
  },
  workgroup: {
    variable: 'FLOWLOG_ATHENA_WORKGROUP',
    key: 'athena-workgroup',
    about: 'Workgroup of Athena; `table` creates it when it is not there',
    schema: z.string().regex(WORKGROUP, 'is not the name of a workgroup').default('flowlog'),
  },
  database: {
    variable: 'FLOWLOG_ATHENA_DATABASE',
    key: 'athena-database',
    about: 'Database of the tables; `table` creates it when it is not there',
    schema: z.string().regex(DATABASE, 'must be lower-case letters, digits and _').default('flowlog'),
  },
  resultLocation: {
    variable: 'FLOWLOG_ATHENA_RESULTS',
    key: 'athena-results',
    about: 'Where the results of a new workgroup go, `s3://…/`',
    fallbackWords: 'next to the flow logs',
    schema: z
      .string()
      .regex(RESULTS, 'must be s3://bucket/ or s3://bucket/prefix/')
      .refine((url) => !hasDotFolder(url), DOT_FOLDER)
      .optional(),
  },
  scanLimitGb: {
    variable: 'FLOWLOG_ATHENA_SCAN_LIMIT_GB',
    key: 'athena-scan-limit-gb',
    about: 'Athena stops and charges a query of a new workgroup that has scanned this many gigabytes',
    schema: number()
      .min(AWS_LIMITS.leastCutoffBytes / GB)
      .max(7_000_000)
      .default(1_000),
  },
  awsEndpoint: {
    variable: 'FLOWLOG_AWS_ENDPOINT',
    key: 'aws-endpoint',
    about: "Another URL than AWS's own, for an emulator of AWS",
    schema: z.url({ protocol: /^https?$/ }).optional(),
  },
  operators: {
    variable: 'FLOWLOG_OPERATORS',
    key: 'operators',
    about:
      'Slack ids of those who may confirm changes, with commas between them, or `everyone`: all members of the workspace, no guests and no members of other workspaces',
    fallbackWords: 'no one in Slack; everyone in the playground and in the terminal',
    schema: people('everyone').optional(),
  },
  spenders: {
    variable: 'FLOWLOG_SPENDERS',
    key: 'spenders',
    about:
      'Who may say yes to a question above a limit: Slack ids with commas between them, `operators`, or `everyone` of the workspace',
    schema: people('everyone', 'operators').default(['everyone']),
  },
  dollarsQuestion: {
    variable: 'FLOWLOG_DOLLARS_A_QUESTION',
    key: 'dollars-a-question',
    about: 'A question that would cost more waits for an approval',
    schema: number().nonnegative().default(0.5),
  },
  dollarsThread: {
    variable: 'FLOWLOG_DOLLARS_A_THREAD',
    key: 'dollars-a-thread',
    about:
      'Once a thread has cost this much, each further question in it waits for an approval; questions that wait or run count too',
    schema: number().nonnegative().default(5),
  },
  dollarsDay: {
    variable: 'FLOWLOG_DOLLARS_A_DAY',
    key: 'dollars-a-day',
    about:
      'Once a day, in UTC, has cost this much, each further question waits for an approval; questions that wait or run count too',
    schema: number().nonnegative().default(20),
  },
} as const satisfies Record<string, Setting<unknown>>;
