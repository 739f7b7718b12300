import { nameTimeSeconds } from '../../core/flow-log/slots.ts';
import { type LogSource, sourceRoot } from '../../core/lake/log-source.ts';
import type { OperationContext } from '../../core/operation/operation.ts';
import { showBytes } from '../../core/wording.ts';
import { siteAt } from '../step/at-site.ts';
import { amountOf } from './amount-of.ts';

/** The files of one flow log. */
export interface FoundFiles {
  readonly count: number;
  readonly bytes: number;
  /** When the oldest and the newest were begun, in epoch seconds. */
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
}

/** Counts the files whose name carries the id of a flow log: others may stand under the same prefix. */
export async function countFiles(
  source: LogSource,
  { cloud, signal }: Pick<OperationContext, 'cloud' | 'signal'>,
): Promise<FoundFiles> {
  const { buckets } = await siteAt(cloud, source, signal);
  let found: FoundFiles = { count: 0, bytes: 0, oldest: undefined, newest: undefined };
  for await (const page of buckets.pages(source.files.bucket, sourceRoot(source), signal))
    for (const { key, bytes } of page) {
      if (!key.includes(`_${source.name}_`)) continue;
      const time = nameTimeSeconds(key);
      found = {
        count: found.count + 1,
        bytes: found.bytes + bytes,
        oldest: Math.min(found.oldest ?? Number.POSITIVE_INFINITY, time ?? Number.POSITIVE_INFINITY),
        newest: Math.max(found.newest ?? Number.NEGATIVE_INFINITY, time ?? Number.NEGATIVE_INFINITY),
      };
    }
  return found;
}

/** `1,240 files, 38.2 MB, 2026-11-20 to 2026-11-23, in my-logs`. */
export function filesWords(
  { count, bytes, oldest, newest }: FoundFiles,
  { files: { bucket } }: LogSource,
): string {
  if (count === 0 || oldest === undefined || newest === undefined) return `It has no files in ${bucket}.`;
  return `It has ${amountOf(count, 'file')}, ${showBytes(bytes)}, from ${at(oldest)} to ${at(newest)}, in ${bucket}.`;
}

function at(seconds: number): string {
  return Number.isFinite(seconds)
    ? `${new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : 'some time';
}
