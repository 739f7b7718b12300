import { namedBy } from '../../core/args/named-by.ts';
import { oneOf } from '../../core/args/one-of.ts';
import { option } from '../../core/args/option.ts';
import { whole } from '../../core/args/whole.ts';
import { lasting } from '../args/lasting.ts';
import { logFormat } from '../args/log-format.ts';
import { tagList } from '../args/tag-list.ts';

/** Names of buckets. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^(?!xn--|sthree-)(?!.*(?:-s3alias|--ol-s3)$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
/** AWS keeps `AWSLogs` for itself; the rest is what needs no escaping anywhere. */
const PREFIX = /^(?!.*awslogs)[a-z0-9][a-z0-9/_.-]{0,199}(?<!\/)$/;

/** How a flow log is created, whatever it is created on. */
export const SETUP_ARGS = {
  traffic: option(oneOf('all', 'accept', 'reject'), 'all'),
  interval: option(oneOf('60', '600'), '60'),
  format: option(logFormat(), 'useful'),
  files: option(oneOf('parquet', 'text'), 'parquet'),
  hourly: option(oneOf('yes', 'no'), 'yes'),
  hive: option(oneOf('yes', 'no'), 'no'),
  bucket: option(namedBy(BUCKET, { hint: 'bucket', about: 'the name of a bucket', example: 'my-flow-logs' })),
  prefix: option(
    namedBy(PREFIX, {
      hint: 'prefix',
      about: 'a prefix in the bucket, without AWSLogs in it',
      example: 'network',
    }),
  ),
  expire: option(
    whole(1, 3650, { hint: 'days', about: 'days after which files are deleted', example: '90' }),
  ),
  for: option(lasting()),
  tags: option(tagList()),
  to: option(oneOf('s3', 'cloudwatch'), 's3'),
  group: option(
    namedBy(/^[a-z0-9/_.#-]{1,512}$/, {
      hint: 'group',
      about: 'the name of a log group',
      example: '/flowlog/vpc',
    }),
  ),
  role: option(
    namedBy(/^arn:aws[a-z-]*:iam::\d{12}:role\/[a-z0-9/_+=,.@-]{1,512}$/, {
      hint: 'role',
      about: 'the ARN of a role that may write to CloudWatch Logs',
      example: 'arn:aws:iam::123456789012:role/flow-logs',
    }),
  ),
};
