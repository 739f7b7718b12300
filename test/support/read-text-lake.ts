import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One record by its header's names, read with nothing of the code that is tested. */
export type TextRecord = ReadonlyMap<string, string>;

const read = new Map<string, Promise<readonly TextRecord[]>>();

/** Reads every record of a text lake into memory, once. */
export function readTextLake(folder: string): Promise<readonly TextRecord[]> {
  const before = read.get(folder) ?? readAll(folder);
  read.set(folder, before);
  return before;
}

async function readAll(folder: string): Promise<readonly TextRecord[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.log.gz'));
  const records: TextRecord[] = [];
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
export function within(records: readonly TextRecord[], from: number, to: number): readonly TextRecord[] {
  return records.filter((record) => Number(record.get('end')) >= from && Number(record.get('start')) < to);
}

/** How many records have each value of a field. */
export function countsOf(records: readonly TextRecord[], field: string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const record of records) {
    const value = record.get(field) ?? '';
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return counts;
}

/** Records, bytes and packets of traffic per pair of addresses: `source destination records bytes packets`, in order. */
export function pairsOf(records: readonly TextRecord[]): readonly string[] {
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
