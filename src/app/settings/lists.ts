import { z } from 'zod';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { DEFAULT_FORMAT } from '../../core/flow-log/fields.ts';
import { DOT_FOLDER, hasDotFolder, type S3Source } from '../../core/lake/log-source.ts';

const ACCOUNT = z.string().regex(/^\d{12}$/, 'must be an account of twelve digits, in quotes');
const REGION = z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'is not a region such as eu-central-1');
const BUCKET = new RegExp(
  `^(?=.{${AWS_LIMITS.bucketNameLeast},${AWS_LIMITS.bucketName}}$)[a-z0-9][a-z0-9.-]*[a-z0-9]$`,
);
const PLAIN = new RegExp(`^[a-z_][a-z0-9_]{0,${AWS_LIMITS.catalogName - 1}}$`);
/** Names go into statements as they are, so they must be plain. */
const IDENTIFIER = z.string().regex(PLAIN, 'must be a plain name in lower-case letters, digits and _');

/** An account that is reached through a role. */
export const ACCOUNTS = z
  .array(
    z.strictObject({
      role: z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/, 'must be the ARN of a role'),
      'external-id': z.string().min(AWS_LIMITS.externalIdLeast).exactOptional(),
      regions: z.array(REGION).exactOptional(),
    }),
  )
  .default([]);

const timeKey = z.strictObject({
  column: IDENTIFIER,
  /** `yyyy-MM-dd`, `yyyy/MM/dd/HH`, or a part of it where each has a column of its own. */
  pattern: z.string().regex(/^(?:yyyy|MM|dd|HH|[/_-])+$/, 'must be made of yyyy, MM, dd, HH and / - _'),
  type: z.enum(['string', 'integer', 'date']).default('string'),
});

/** A table that flowlog did not make, and how its columns and partitions are called. */
const adoptedTableSetting = z.strictObject({
  database: IDENTIFIER,
  name: IDENTIFIER,
  /** Columns that are called otherwise than AWS names them, by field: `srcaddr: sourceaddress`. */
  columns: z.record(z.string(), IDENTIFIER).default({}),
  partitions: z.strictObject({
    grain: z.enum(['hour', 'day']),
    fixed: z.record(IDENTIFIER, z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)).default({}),
    time: z.array(timeKey).min(1),
  }),
});

const source = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits and . _ -'),
    account: ACCOUNT,
    region: REGION,
    bucket: z.string().regex(BUCKET, 'is not the name of a bucket'),
    prefix: z
      .string()
      .refine((prefix) => !hasDotFolder(prefix), DOT_FOLDER)
      .default(''),
    files: z.enum(['text', 'parquet']).default('text'),
    hive: z.boolean().default(false),
    hourly: z.boolean().default(false),
    fields: z.array(z.string()).default([...DEFAULT_FORMAT]),
    traffic: z.enum(['ALL', 'ACCEPT', 'REJECT']).default('ALL'),
    table: adoptedTableSetting.exactOptional(),
  })
  .transform((read): S3Source => {
    const { name, account, region, bucket, prefix, files: format, hive, hourly, fields, traffic } = read;
    return {
      name,
      account,
      region,
      fields,
      trafficType: traffic,
      place: { kind: 's3', bucket, prefix: prefix.replace(/^\/|\/$/g, ''), files: { format, hive, hourly } },
      resource: undefined,
      flowLog: undefined,
      adopted: adoptedTable(read.table, fields),
    };
  });

/** Sources that are listed, because AWS does not list them, or because flowlog did not create their table. */
export const SOURCES = z.array(source).default([]);

function adoptedTable(
  read: z.output<typeof adoptedTableSetting> | undefined,
  fields: readonly string[],
): S3Source['adopted'] {
  if (read === undefined) return undefined;
  const { database, name, columns, partitions } = read;
  return { database, name, fields, renamed: columns, partitioning: partitions };
}
