import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../write-whole.ts';

const strings = z.record(z.string(), z.string());
const columns = z.array(z.object({ name: z.string(), type: z.string() }));

const flowLog = z.object({
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
  tags: strings,
});

const bucket = z.object({ policy: z.string().nullable(), expiryDays: z.number().nullable() });

const table = z.object({
  database: z.string(),
  name: z.string(),
  columns,
  partitionKeys: columns,
  format: z.enum(['text', 'parquet']),
  location: z.string(),
  properties: strings,
  partitions: z.array(z.object({ values: z.array(z.string()), location: z.string() })),
});

const workgroup = z.object({ resultLocation: z.string(), scanLimitBytes: z.number() });

const schema = z.object({
  flowLogs: z.array(flowLog),
  buckets: z.record(z.string(), bucket),
  databases: z.array(z.string()),
  tables: z.array(table),
  workgroups: z.record(z.string(), workgroup),
});

/** All that was set up in the sample network. */
export type SampleState = Readonly<z.output<typeof schema>>;

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
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<SampleState> {
    const text = await readFile(path, 'utf8').catch(ifMissing);
    const state = schema.safeParse(text === undefined ? EMPTY : parsed(text));
    // Damaged by hand, or of another version: as good as none, since everything can be set up again.
    return state.success ? state.data : EMPTY;
  }

  return {
    read: () => last.catch(() => undefined).then(read),
    change(how) {
      const changed = last
        .catch(() => undefined)
        .then(read)
        .then((state) => writeWhole(path, `${JSON.stringify(how(state), undefined, 2)}\n`));
      last = changed;
      return changed;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
