import type { Cloud } from '../ports/cloud/cloud.ts';
import { findSources } from './find-sources.ts';
import type { LogSource } from './log-source.ts';
import type { FoundSources, SourceBook } from './source-book.ts';
import { fileNames } from './whose-files/file-names.ts';

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
    const foundAt = now();
    const { fault, ...found } = await findSources(cloud, signal);
    // Sources of the configuration can be asked by whoever may not look for others.
    if (fault !== undefined && configured.length === 0) throw fault;
    const looked = { ...found, sources: withConfigured(found.sources, configured), foundAt };
    // Of two looks at once the later one knows more.
    if (known === undefined || known.foundAt <= foundAt) known = looked;
    return looked;
  }

  function begin(): Promise<FoundSources> {
    // One question being stopped must not stop the others.
    const begun = look(new AbortController().signal).finally(() => {
      if (looking === begun) looking = undefined;
    });
    looking = begun;
    return begun;
  }

  return {
    async found(signal, { fresh = false } = {}) {
      if (!fresh && known !== undefined && now().getTime() - known.foundAt.getTime() < FRESH_MS) return known;
      // Several questions at once look once. What must be fresh may be newer than a look that is under way.
      const found = fresh || looking === undefined ? begin() : looking;
      return orAborted(found, signal);
    },
  };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** A source that is called by the id of a flow log is that one; any other is all that delivers to its place. */
function withConfigured(found: readonly LogSource[], configured: readonly LogSource[]): readonly LogSource[] {
  const at = ({ files, account, region }: LogSource) =>
    [files.bucket, files.prefix, account, region].join(' ');
  const isTaken = (source: LogSource) =>
    configured.some((each) => {
      const own = fileNames(each);
      return own === undefined ? at(each) === at(source) : own === fileNames(source);
    });
  return [...configured, ...found.filter((source) => !isTaken(source))];
}
