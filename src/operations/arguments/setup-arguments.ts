import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { option, worded } from '../../core/line/argument.ts';
import { namedBy, oneOf, whole } from '../../core/line/plain-arguments.ts';
import { logFormat } from './log-format.ts';
import { lasting, tagKeys, tagList } from './tags.ts';

const { bucketNameLeast, bucketName, logGroupName, rolePath, intervalsSeconds } = AWS_LIMITS;
const [SHORTEST, LONGEST] = [`${intervalsSeconds[0]}`, `${intervalsSeconds[1]}`] as const;

/** Names of buckets. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = new RegExp(
  `^(?=.{${bucketNameLeast},${bucketName}}$)(?!xn--|sthree-)(?!.*(?:-s3alias|--ol-s3)$)[a-z0-9][a-z0-9.-]*[a-z0-9]$`,
);
const GROUP = new RegExp(`^[a-z0-9/_.#-]{1,${logGroupName}}$`);
const ROLE = new RegExp(String.raw`^arn:aws[a-z-]*:iam::\d{12}:role/[a-z0-9/_+=,.@-]{1,${rolePath}}$`);
/** AWS keeps `AWSLogs` for itself; a folder `.` or `..` is another place to many programs; the rest needs no escaping anywhere. */
const PREFIX = /^(?!.*awslogs)(?!.*\/\.{0,2}(?:\/|$))[a-z0-9][a-z0-9/_.-]{0,199}(?<!\/)$/;

/** How a flow log is created, whatever it is created on. */
export const SETUP_ARGS = {
  traffic: option(
    worded(oneOf('all', 'accept', 'reject'), { about: 'which traffic is recorded: all, accept or reject' }),
    'all',
  ),
  interval: option(
    worded(oneOf(SHORTEST, LONGEST), {
      about: `seconds that a record may cover: ${SHORTEST} or ${LONGEST}`,
    }),
    SHORTEST,
  ),
  format: option(logFormat(), 'useful'),
  tagkeys: option(tagKeys()),
  files: option(
    worded(oneOf('parquet', 'text'), { about: 'how files are written: parquet or text' }),
    'parquet',
  ),
  hourly: option(worded(oneOf('yes', 'no'), { about: 'a folder for every hour: yes or no' }), 'yes'),
  hive: option(
    worded(oneOf('yes', 'no'), { about: 'folders named year=2026/month=11/day=24: yes or no' }),
    'no',
  ),
  bucket: option(namedBy(BUCKET, { hint: 'bucket', about: 'the name of a bucket', example: 'my-flow-logs' })),
  prefix: option(
    namedBy(PREFIX, {
      hint: 'prefix',
      about: 'a prefix in the bucket, without AWSLogs and without folders named . or .. in it',
      example: 'network',
    }),
  ),
  expire: option(
    whole(1, 3650, { hint: 'days', about: 'days after which files are deleted', example: '90' }),
  ),
  for: option(lasting()),
  tags: option(tagList()),
  to: option(worded(oneOf('s3', 'cloudwatch'), { about: 'where to deliver: s3 or cloudwatch' }), 's3'),
  group: option(
    namedBy(GROUP, {
      hint: 'group',
      about: 'the name of a log group',
      example: '/flowlog/vpc',
    }),
  ),
  role: option(
    namedBy(ROLE, {
      hint: 'role',
      about: 'the ARN of a role that may write to CloudWatch Logs',
      example: 'arn:aws:iam::123456789012:role/flow-logs',
    }),
  ),
};
