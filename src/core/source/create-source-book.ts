import type { Cloud } from '../ports/cloud/cloud.ts';
import { findSources } from './find-sources.ts';
import type { LogSource } from './log-source.ts';
import type { FoundSources, SourceBook } from './source-book.ts';

/** What knowing the sources needs. */
export interface SourceBookParts {
  readonly cloud: Cloud;
  /** Sources that are listed in the configuration: those of the same flow log take the place of the one found. */
  readonly configured: readonly LogSource[];
  readonly now: () => Date;
}

/** A flow log that was created elsewhere is seen after this long, or at once by `sources`. */
const FRESH_MS = 5 * 60_000;

/** Builds a book that looks when it is asked, and remembers for some minutes. */
export function createSourceBook({ cloud, configured, now }: SourceBookParts): SourceBook {
  let known: FoundSources | undefined;
  let looking: Promise<FoundSources> | undefined;

  async function look(signal: AbortSignal): Promise<FoundSources> {
    const { fault, ...found } = await findSources(cloud, signal);
    // Sources of the configuration can be asked by whoever may not look for others.
    if (fault !== undefined && configured.length === 0) throw fault;
    known = { ...found, sources: withConfigured(found.sources, configured), foundAt: now() };
    return known;
  }

  return {
    async found(signal, { fresh = false } = {}) {
      if (!fresh && known !== undefined && now().getTime() - known.foundAt.getTime() < FRESH_MS) return known;
      // Several questions at once look once; one of them being stopped must not stop the others.
      looking ??= look(new AbortController().signal).finally(() => {
        looking = undefined;
      });
      const found = await Promise.race([looking, aborted(signal)]);
      return found;
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function withConfigured(found: readonly LogSource[], configured: readonly LogSource[]): readonly LogSource[] {
  const at = ({ files, account, region }: LogSource) =>
    [files.bucket, files.prefix, account, region].join(' ');
  const taken = new Set(configured.map(at));
  return [...configured, ...found.filter((source) => !taken.has(at(source)))];
}
