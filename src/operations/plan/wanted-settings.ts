import { addSeconds } from 'date-fns';
import { UserError } from '../../core/errors.ts';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import {
  DEFAULT_FORMAT,
  type FieldName,
  type ShownTags,
  TAG_FIELDS,
  type Tagged,
} from '../../core/flow-log/fields.ts';
import type { S3Place, S3Source } from '../../core/lake/log-source.ts';
import { MADE_BY } from '../../core/lake/table-for.ts';
import type { ArgsOf } from '../../core/line/argument.ts';
import type { ReportSection } from '../../core/operation/report.ts';
import { durationSeconds } from '../../core/time/durations.ts';
import { fieldsOfLogFormat } from '../arguments/log-format.ts';
import type { SETUP_ARGS } from '../arguments/setup-arguments.ts';
import type { PlannedFlowLog } from '../steps/flow-log-steps.ts';
import { TAGS } from '../steps/ownership.ts';

/** The arguments for the flow log to be created. */
export type SetupArgs = ArgsOf<typeof SETUP_ARGS>;

/** The context of the settings in addition to the arguments. */
export interface SettingsContext {
  readonly resourceId: string;
  readonly account: string;
  readonly region: string;
  readonly sources: readonly S3Source[];
  readonly now: Date;
}

/**
 * Where the files go: unless a prefix is said, to one of the resource's own, because Athena scans all files in a
 * folder, whosever it is.
 */
export function filesFor(
  args: SetupArgs,
  { resourceId, account, region, sources }: SettingsContext,
): S3Place {
  const bucket = args.bucket ?? `flowlog-${account}-${region}`;
  const taken = new Set(
    sources.filter(({ place }) => place.bucket === bucket).map(({ place }) => place.prefix),
  );
  const free = Array.from({ length: taken.size + 1 }, (_, index) =>
    index === 0 ? resourceId : `${resourceId}-${index + 1}`,
  );
  return {
    kind: 's3',
    bucket,
    prefix: args.prefix ?? free.find((prefix) => !taken.has(prefix)) ?? resourceId,
    files: {
      format: args.files === 'text' ? 'text' : 'parquet',
      hive: args.hive === 'yes',
      hourly: args.hourly === 'yes',
    },
  };
}

/** The flow log that was asked for. @throws UserError when what CloudWatch Logs or tag fields need was not said. */
export function wantedFlowLog(args: SetupArgs, files: S3Place, context: SettingsContext): PlannedFlowLog {
  const fields = fieldsOfLogFormat(args.format);
  const ends = args.for === undefined ? undefined : addSeconds(context.now, durationSeconds(args.for));
  return {
    resourceIds: [context.resourceId],
    trafficType: TRAFFIC[args.traffic],
    fields: fields === undefined ? null : [...fields],
    shownTags: shownTags(fields ?? [], args.tagkeys ?? []).map(({ of, keys }) => ({ of, keys: [...keys] })),
    destination:
      args.to === 's3'
        ? { ...files, files: { ...files.files } }
        : { kind: 'cloud-watch-logs', logGroup: groupOf(args) },
    deliveryRoleArn: args.to === 's3' ? null : (args.role ?? null),
    maxIntervalSeconds: args.interval === `${LONGEST}` ? LONGEST : SHORTEST,
    tags: {
      ...args.tags,
      [TAGS.madeBy]: MADE_BY.value,
      ...(ends === undefined ? {} : { [TAGS.deleteAfter]: ends.toISOString() }),
    },
  };
}

/** How many fields a record will have. */
export function fieldCount({ format }: SetupArgs): number {
  return (fieldsOfLogFormat(format) ?? DEFAULT_FORMAT).length;
}

const [SHORTEST, LONGEST] = AWS_LIMITS.intervalsSeconds;

const TRAFFIC = { all: 'ALL', accept: 'ACCEPT', reject: 'REJECT' } as const;

function groupOf({ group, role }: SetupArgs): string {
  if (group !== undefined && role !== undefined) return group;
  throw new UserError(
    `\`to=cloudwatch\` needs ${group === undefined ? 'a log group' : 'a role that may write to it'}.`,
    {
      hint: 'Add `group=/flowlog/vpc role=arn:aws:iam::…:role/…`.',
    },
  );
}

/**
 * Whose tags the fields of a format show, and which. @throws UserError where fields and keys do not fit: AWS shows no
 * tag that was not named.
 */
function shownTags(fields: readonly FieldName[], keys: readonly string[]): readonly ShownTags[] {
  const kinds = Object.keys(TAG_FIELDS) as readonly Tagged[];
  const shown = kinds.flatMap((of) => {
    const named = TAG_FIELDS[of].filter((field) => fields.includes(field));
    const [first, second] = TAG_FIELDS[of];
    if (named.length === 1 && named[0] === second) throw alone(first, second);
    const last = named.at(-1);
    if (last !== undefined && keys.length < named.length) throw withoutKey(last, named.length);
    return named.length === 0 ? [] : [{ of, keys: keys.slice(0, named.length) }];
  });
  if (shown.length === 0 && keys.length > 0) throw withoutField();
  return shown;
}

function alone(first: FieldName, second: FieldName): UserError {
  return new UserError(`\`${second}\` shows a second tag, and there is no \`${first}\` for the first.`, {
    hint: `Name \`${first}\` in \`format=\` instead, or both.`,
  });
}

function withoutKey(field: FieldName, amount: number): UserError {
  return new UserError(`\`${field}\` shows a tag, and AWS wants to know which.`, {
    hint: `Add \`tagkeys=\` with ${amount === 1 ? 'its key, as `tagkeys=Name`' : 'two keys, as `tagkeys=Name,Team`'}.`,
  });
}

function withoutField(): UserError {
  return new UserError('`tagkeys=` needs a field that shows a tag, and the format has none.', {
    hint: 'List the fields in `format=`, and among them `instance-tag`, `interface-tag` or `asg-tag`.',
  });
}

/** What AWS asks for and does where records show tags. */
export function tagWords(shown: readonly ShownTags[]): readonly ReportSection[] {
  if (shown.length === 0) return [];
  const tags = shown.map(({ of, keys }) => `${keys.join(' and ')} of the ${of.replaceAll('-', ' ')}`);
  return [
    {
      lines: [
        `Records show the tag ${tags.join(', ')}. In the first hour it may be missing or old.`,
        'For that AWS also wants ec2:DescribeTags, autoscaling:DescribeTags and iam:CreateServiceLinkedRole of whoever creates it, which the policies in deploy/iam do not give.',
      ],
    },
  ];
}
