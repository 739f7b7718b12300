import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, lstat, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { columnName } from '../../core/flow-log/fields.ts';
import { flowLogOf } from '../../core/flow-log/slots.ts';
import type { Shape } from '../lake/shape.ts';
import { columnTypeOf } from '../relation.ts';

/** A file of a lake as it was at one time: `mark` is its size and its time of change. */
export interface MarkedFile {
  /** Where the lake is. */
  readonly root: string;
  readonly key: string;
  readonly mark: string;
}

/** A file of a lake that is kept as Parquet. */
export interface KeptSlot {
  /** Of the Parquet file. */
  readonly path: string;
  /** How the file of the lake holds its records. */
  readonly shape: Shape;
  /** How the Parquet file holds them. */
  readonly keptShape: Shape;
}

/** Files that another version has written in another way are not found under the names of this one. */
const VERSION = 1;

/** What was found in the file when it was kept. It is written last: a Parquet file without it is none yet. */
const DESCRIPTION = z.object({
  key: z.string(),
  mark: z.string(),
  bytes: z.number(),
  digest: z.string(),
  shape: z.object({
    format: z.enum(['text', 'parquet']),
    fields: z.array(z.string()),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    header: z.boolean(),
    exported: z.boolean(),
    records: z.number(),
    unreadableLines: z.number(),
    ends: z.object({ fromSeconds: z.number(), toSeconds: z.number() }).optional(),
    digest: z.string().optional(),
  }),
});

type Description = z.output<typeof DESCRIPTION>;

/**
 * Where a file is kept: a name that no other file has, and that begins as that of the file does, because statements know
 * flow logs by the names of their files; and in a folder that no lake lists, should what is kept be in one.
 */
function keptPath(folder: string, { root, key, mark }: MarkedFile): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([VERSION, root, key, mark]))
    .digest('hex');
  const name = flowLogOf(key) === '' ? '' : `${basename(key).replace(/\.log(\.gz|\.parquet)?$/, '')}-`;
  return join(folder, `.${hash.slice(0, 2)}`, `${name}${hash.slice(2, 34)}.parquet`);
}

/** The file next to a kept one that says what is in it. */
export function descriptionPath(path: string): string {
  return `${path}.json`;
}

/**
 * Finds a file that is kept, and reads all of it once: what does not have the digest that it had when it was written is as good
 * as not there.
 */
export async function findKept(folder: string, file: MarkedFile): Promise<KeptSlot | undefined> {
  const path = keptPath(folder, file);
  const described = await readDescription(path);
  if (described === undefined || described.key !== file.key || described.mark !== file.mark) return undefined;
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined || !found.isFile() || found.size !== described.bytes) return undefined;
  if ((await digestOf(path).catch(() => '')) !== described.digest) return undefined;
  return slotOf(path, described);
}

async function readDescription(path: string): Promise<Description | undefined> {
  try {
    return DESCRIPTION.parse(JSON.parse(await readFile(descriptionPath(path), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Text is written anew, and Parquet is kept as it was. */
function slotOf(path: string, { shape }: Description): KeptSlot {
  if (shape.format === 'parquet') return { path, shape, keptShape: shape };
  const columns = shape.fields.map((field) => ({ name: columnName(field), type: columnTypeOf(field) }));
  return { path, shape, keptShape: { ...shape, format: 'parquet', columns, header: false, exported: false } };
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(chunk);
  return hash.digest('base64');
}

/**
 * Keeps a file: `write` writes its records as Parquet to a path, and says how many they were. Aside first, synced, and then
 * under its name, readable by this user alone. Undefined where what was written is not what was found in the file.
 */
export async function writeKept(
  folder: string,
  file: MarkedFile,
  shape: Shape,
  write: (path: string) => Promise<number>,
): Promise<{ readonly slot: KeptSlot; readonly bytes: number } | undefined> {
  const path = keptPath(folder, file);
  const aside = join(dirname(path), `${ASIDE}${process.pid}-${basename(path)}`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    const written = await write(aside);
    const { records = 0, unreadableLines = 0 } = shape;
    if (unreadableLines === 0 ? written !== records : written < records) return undefined;
    await chmod(aside, 0o600);
    await sync(aside);
    const [{ size: bytes }, digest] = await Promise.all([stat(aside), digestOf(aside)]);
    const described = DESCRIPTION.parse({ key: file.key, mark: file.mark, bytes, digest, shape });
    await rename(aside, path);
    await writeFile(`${aside}.json`, JSON.stringify(described), { mode: 0o600 });
    await rename(`${aside}.json`, descriptionPath(path));
    return { slot: slotOf(path, described), bytes };
  } finally {
    await Promise.all([aside, `${aside}.json`].map((each) => rm(each, { force: true })));
  }
}

/** How files begin that are being written. */
export const ASIDE = '.aside-';

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
