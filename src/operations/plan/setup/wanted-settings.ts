import { addSeconds } from 'date-fns';
import { UserError } from '../../../core/errors.ts';
import { AWS_LIMITS } from '../../../core/flow-log/aws-limits.ts';
import { DEFAULT_FORMAT } from '../../../core/flow-log/fields.ts';
import type { FilesOnS3, LogSource } from '../../../core/lake/log-source.ts';
import { MADE_BY } from '../../../core/lake/table-for.ts';
import type { ArgsOf } from '../../../core/line/argument.ts';
import { durationSeconds } from '../../../core/time/durations.ts';
import { fieldsOf } from '../../args/log-format.ts';
import type { PlannedFlowLog } from '../../step/wanted-flow-log.ts';
import { TAGS } from '../find/ownership.ts';
import type { SETUP_ARGS } from './setup-args.ts';
import { shownTags } from './shown-tags.ts';

/** What was said of the flow log to be created. */
export type SetupArgs = ArgsOf<typeof SETUP_ARGS>;

/** What settings depend on beside what was said. */
export interface SettingsContext {
  readonly resourceId: string;
  readonly account: string;
  readonly region: string;
  readonly sources: readonly LogSource[];
  readonly now: Date;
}

/**
 * Where the files go: unless a prefix is said, to one of the resource's own, because Athena scans all that stands in a
 * folder, whosever it is.
 */
export function filesFor(
  args: SetupArgs,
  { resourceId, account, region, sources }: SettingsContext,
): FilesOnS3 {
  const bucket = args.bucket ?? `flowlog-${account}-${region}`;
  const taken = new Set(
    sources.filter(({ files }) => files.bucket === bucket).map(({ files }) => files.prefix),
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
export function wantedFlowLog(args: SetupArgs, files: FilesOnS3, context: SettingsContext): PlannedFlowLog {
  const fields = fieldsOf(args.format);
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
  return (fieldsOf(format) ?? DEFAULT_FORMAT).length;
}

const [SHORTEST, LONGEST] = AWS_LIMITS.intervalsSeconds;

const TRAFFIC = { all: 'ALL', accept: 'ACCEPT', reject: 'REJECT' } as const;

function groupOf({ group, role }: SetupArgs): string {
  if (group !== undefined && role !== undefined) return group;
  throw new UserError(
    `\`to=cloudwatch\` needs ${group === undefined ? 'a log group' : 'a role that may write to it'}.`,
    {
      hint: 'Add `group=/flowlog/vpc role=arn:aws:iam::…:role/…`; flowlog cannot ask CloudWatch Logs yet, only S3.',
    },
  );
}
