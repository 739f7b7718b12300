import { setMaxListeners } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { ParquetColumns } from '../core/lake/parquet-reads.ts';
import type { ScannedObject } from '../core/lake/scan.ts';
import { interruptible } from './interruptible.ts';
import { fieldName } from './lake/file-fields.ts';
import { exactPattern } from './literal.ts';
import type { Duckdb } from './open-duckdb.ts';

export interface ParquetSamplesParts {
  readonly duckdb: Duckdb;
  /** Where footers are while they are read. */
  readonly folder: string;
  /** Where a file is kept as it was delivered; undefined where it is not. */
  readonly keptPath: (object: ScannedObject) => Promise<string | undefined>;
  /** Fetches the footer of a file to a path. */
  readonly fetchEnd: (object: ScannedObject, path: string, signal: AbortSignal) => Promise<unknown>;
}

/** Files of one flow log hold much the same: a few of them, spread over the window, show how large each column is. */
const MOST_FOOTERS = 6;
const MOST_KNOWN = 10_000;
const CHUNKS = `SELECT path_in_schema, least(coalesce(nullif(dictionary_page_offset, 0), data_page_offset), data_page_offset), total_compressed_size
  FROM parquet_metadata(?)`;

type Chunks = ParquetColumns['chunks'];

/**
 * Finds out where the columns are in some of many Parquet files, by their footers: of those that are kept, and else fetched. A footer
 * that cannot be read is left out, because an estimate is not worth a question.
 */
export function createParquetSamples(parts: ParquetSamplesParts) {
  const { duckdb, folder, keptPath, fetchEnd } = parts;
  let footers = 0;
  const known = new LRUCache<string, Chunks>({ max: MOST_KNOWN });

  async function chunksIn(path: string, signal: AbortSignal): Promise<Chunks> {
    const read = await interruptible(duckdb, signal, (connection) =>
      connection.runAndReadAll(CHUNKS, [exactPattern(path)]),
    );
    const chunks: Record<string, [number, number][]> = {};
    for (const [name, fromByte, bytes] of read.getRows()) {
      const field = fieldName(String(name));
      chunks[field] = [...(chunks[field] ?? []), [Number(fromByte), Number(bytes)]];
    }
    return chunks;
  }

  async function fetched(object: ScannedObject, signal: AbortSignal): Promise<Chunks> {
    footers += 1;
    const path = join(folder, `${footers}.parquet`);
    try {
      await fetchEnd(object, path, signal);
      return await chunksIn(path, signal);
    } finally {
      await rm(path, { force: true });
    }
  }

  async function columnsOf(object: ScannedObject, signal: AbortSignal): Promise<Chunks> {
    const name = `${object.from?.bucket ?? ''} ${object.key} ${object.mark ?? ''}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const kept = await keptPath(object);
    const found = kept === undefined ? await fetched(object, signal) : await chunksIn(kept, signal);
    known.set(name, found);
    return found;
  }

  return async (
    objects: readonly ScannedObject[],
    signal: AbortSignal,
  ): Promise<readonly ParquetColumns[]> => {
    // That so many listen to the signal of one question is no leak.
    setMaxListeners(0, signal);
    const read = await Promise.all(
      spread(objects.filter(isParquet)).map((object) =>
        columnsOf(object, signal).then(
          (chunks) => [{ bytes: object.bytes, chunks }],
          () => [],
        ),
      ),
    );
    signal.throwIfAborted();
    return read.flat();
  };
}

function isParquet({ key, bytes }: ScannedObject): boolean {
  return key.endsWith('.parquet') && bytes > 0;
}

function spread(objects: readonly ScannedObject[]): readonly ScannedObject[] {
  const step = Math.max(objects.length / MOST_FOOTERS, 1);
  return objects.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
