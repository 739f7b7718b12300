import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real and converted flow logs, which are next to the repository where they may be read. */
const LAYOUTS = resolve(import.meta.dirname, '../../../../shared/data/layouts');

/** Whether the real data is there; says aloud that its tests are skipped when it is not. */
export function realDataIsMissing(): boolean {
  const missing = !existsSync(LAYOUTS);
  if (missing) console.warn('skipped: the real flow logs are not at ../shared/data/layouts');
  return missing;
}

/** The folder of one layout. */
export function layoutFolder(name: string): string {
  return join(LAYOUTS, name);
}

/** One record by its header's names, read with nothing of the code that is tested. */
export type RealRecord = ReadonlyMap<string, string>;

const read = new Map<string, Promise<readonly RealRecord[]>>();

/** Reads every record of a text lake into memory, once. */
export function readRealLake(folder: string): Promise<readonly RealRecord[]> {
  const before = read.get(folder) ?? readAll(folder);
  read.set(folder, before);
  return before;
}

async function readAll(folder: string): Promise<readonly RealRecord[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.log.gz'));
  const records: RealRecord[] = [];
  for (const name of names) {
    const [header = '', ...lines] = gunzipSync(await readFile(join(folder, name)))
      .toString()
      .trimEnd()
      .split('\n');
    const fields = header.split(' ');
    for (const line of lines) {
      const words = line.split(' ');
      records.push(new Map(fields.map((field, index) => [field, words[index] ?? ''])));
    }
  }
  return records;
}

/** The records whose interval touches `[from, to)`, in epoch seconds. */
export function within(records: readonly RealRecord[], from: number, to: number): readonly RealRecord[] {
  return records.filter((record) => Number(record.get('end')) >= from && Number(record.get('start')) < to);
}

/** How many records have each value of a field. */
export function countsOf(records: readonly RealRecord[], field: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const value = record.get(field) ?? '';
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** Records, bytes and packets of traffic per pair of addresses: `source destination records bytes packets`, in order. */
export function pairsOf(records: readonly RealRecord[]): readonly string[] {
  const pairs = new Map<string, { records: number; bytes: bigint; packets: bigint }>();
  for (const record of records.filter((one) => one.get('log-status') === 'OK')) {
    const pair = `${record.get('srcaddr')} ${record.get('dstaddr')}`;
    const sum = pairs.get(pair) ?? { records: 0, bytes: 0n, packets: 0n };
    sum.records += 1;
    sum.bytes += BigInt(record.get('bytes') ?? 0);
    sum.packets += BigInt(record.get('packets') ?? 0);
    pairs.set(pair, sum);
  }
  return [...pairs]
    .map(([pair, { records: n, bytes, packets }]) => `${pair} ${n} ${bytes} ${packets}`)
    .toSorted();
}
