import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { readJson, writeJson } from '../whole-file.ts';

const STRINGS = z.record(z.string(), z.string());
const COLUMNS = z.array(z.object({ name: z.string(), type: z.string() }));

const FLOW_LOG = z.object({
  id: z.string(),
  /** The token that created it, so that a call that is repeated creates once. */
  token: z.string(),
  resourceId: z.string(),
  trafficType: z.enum(['ALL', 'ACCEPT', 'REJECT']),
  fields: z.array(z.string()),
  destination: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('s3'),
      bucket: z.string(),
      prefix: z.string(),
      files: z.object({ format: z.enum(['text', 'parquet']), hive: z.boolean(), hourly: z.boolean() }),
    }),
    z.object({ kind: z.literal('cloud-watch-logs'), logGroup: z.string() }),
  ]),
  maxIntervalSeconds: z.number(),
  createdAt: z.iso.datetime(),
  tags: STRINGS,
});

const BUCKET = z.object({ policy: z.string().nullable(), expiryDays: z.number().nullable() });

const TABLE = z.object({
  database: z.string(),
  name: z.string(),
  columns: COLUMNS,
  partitionKeys: COLUMNS,
  format: z.enum(['text', 'parquet']),
  location: z.string(),
  properties: STRINGS,
  partitions: z.array(z.object({ values: z.array(z.string()), location: z.string() })),
});

const WORKGROUP = z.object({ resultLocation: z.string(), scanLimitBytes: z.number() });

const STATE = z.object({
  flowLogs: z.array(FLOW_LOG),
  buckets: z.record(z.string(), BUCKET),
  databases: z.array(z.string()),
  tables: z.array(TABLE),
  workgroups: z.record(z.string(), WORKGROUP),
});

/** All that was set up in the sample network. */
export type SampleState = Readonly<z.output<typeof STATE>>;

/** A flow log that was set up in the sample network. */
export type SampleFlowLog = SampleState['flowLogs'][number];

const EMPTY: SampleState = { flowLogs: [], buckets: {}, databases: [], tables: [], workgroups: {} };

/** Hidden, so that no reader of the lake takes it for a log. */
const FILE = '.sample-cloud.json';

/** What was set up in the sample network, kept across restarts. */
export interface StateFile {
  read(): Promise<SampleState>;
  /** Changes what is there; one change after the other. */
  change(how: (state: SampleState) => SampleState): Promise<void>;
}

/** Keeps the state in a folder. */
export function createStateFile(folder: string): StateFile {
  const path = join(folder, FILE);
  const oneByOne = pLimit(1);

  /** A damaged file, or one of another version, counts as missing: everything can be set up again. */
  async function read(): Promise<SampleState> {
    const state = STATE.safeParse(await readJson(path));
    return state.success ? state.data : EMPTY;
  }

  return {
    read: () => oneByOne(read),
    change: (how) => oneByOne(async () => writeJson(path, how(await read()))),
  };
}
