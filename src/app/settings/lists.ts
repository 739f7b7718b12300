import { z } from 'zod';
import { AWS_LIMITS } from '../../core/flow-log/aws-limits.ts';
import { DEFAULT_FORMAT } from '../../core/flow-log/fields.ts';
import { DOT_FOLDER, hasDotFolder, type S3Source, UNLISTED_PLACE } from '../../core/lake/log-source.ts';

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

/** A column, with dots where it is within a struct. */
const PATH = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_-]*(?:\.[a-z_][a-z0-9_-]*)*$/,
    'must be a column such as srcaddr or src_endpoint.ip',
  );

/** A table that flowlog did not make, and how its columns and partitions are called. */
const adoptedTableSetting = z.strictObject({
  catalog: z
    .string()
    .regex(
      /^s3tablescatalog\/[a-z0-9][a-z0-9-]*$/,
      "must be that of a table bucket, s3tablescatalog/<bucket>; leave it out for the account's own",
    )
    .exactOptional(),
  database: IDENTIFIER,
  name: IDENTIFIER,
  /** Columns that are called otherwise than AWS names them, by field: `srcaddr: sourceaddress`; or `ocsf`. */
  columns: z
    .union(
      [z.literal('ocsf'), z.record(z.string(), PATH)],
      'must be `ocsf`, or columns by field: `srcaddr: src_ip`',
    )
    .exactOptional(),
  /** A column of time by which the table is sorted or cut into files. */
  time: PATH.exactOptional(),
  /** What columns of time count that are numbers. */
  times: z.enum(['seconds', 'milliseconds']).exactOptional(),
  partitions: z
    .strictObject({
      grain: z.enum(['hour', 'day']),
      fixed: z.record(IDENTIFIER, z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)).default({}),
      time: z.array(timeKey).min(1),
    })
    .exactOptional(),
});

const source = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'must be lower-case letters, digits and . _ -'),
    account: ACCOUNT,
    region: REGION,
    bucket: z.string().regex(BUCKET, 'is not the name of a bucket').exactOptional(),
    prefix: z
      .string()
      .refine((prefix) => !hasDotFolder(prefix), DOT_FOLDER)
      .default(''),
    files: z.enum(['text', 'parquet']).default('text'),
    hive: z.boolean().default(false),
    hourly: z.boolean().default(false),
    fields: z.array(z.string()).exactOptional(),
    traffic: z.enum(['ALL', 'ACCEPT', 'REJECT']).default('ALL'),
    table: adoptedTableSetting.exactOptional(),
  })
  .refine(({ bucket, table }) => bucket !== undefined || table !== undefined, {
    message: 'needs the bucket of its files, or a table whose files are where the catalog keeps them',
    path: ['bucket'],
  })
  .refine(
    ({ bucket, table }) => bucket === undefined || table === undefined || table.partitions !== undefined,
    {
      message: 'are needed where there is a bucket: without them all of its files would be read',
      path: ['table', 'partitions'],
    },
  )
  .transform((read): S3Source => {
    const { name, account, region, fields, traffic, table } = read;
    return {
      name,
      account,
      region,
      fields: fields ?? (table === undefined ? DEFAULT_FORMAT : []),
      trafficType: traffic,
      place: placeOf(read),
      resource: undefined,
      flowLog: undefined,
      adopted: table && adoptedTable(table, fields),
    };
  });

/** Sources that are listed, because AWS does not list them, or because flowlog did not create their table. */
export const SOURCES = z.array(source).default([]);

interface PlaceSetting {
  readonly bucket?: string | undefined;
  readonly prefix: string;
  readonly files: 'text' | 'parquet';
  readonly hive: boolean;
  readonly hourly: boolean;
}

function placeOf({ bucket, prefix, files: format, hive, hourly }: PlaceSetting): S3Source['place'] {
  if (bucket === undefined) return UNLISTED_PLACE;
  return { kind: 's3', bucket, prefix: prefix.replace(/^\/|\/$/g, ''), files: { format, hive, hourly } };
}

function adoptedTable(
  { partitions, ...table }: z.output<typeof adoptedTableSetting>,
  fields: readonly string[] | undefined,
): S3Source['adopted'] {
  return {
    ...table,
    ...(fields !== undefined && { fields }),
    ...(partitions !== undefined && { partitioning: partitions }),
  };
}
