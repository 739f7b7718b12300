import { isYoungerThan } from '../time/age.ts';
import { inCode } from '../wording.ts';
import { type Cloud, CloudError, type Site } from './cloud.ts';
import type { FlowLog } from './flow-logs.ts';
import {
  type CloudSource,
  DOT_FOLDER,
  hasDotFolder,
  isInLogGroup,
  isOnS3,
  type LogGroupSource,
  type S3Source,
} from './log-source.ts';
import type { Resource } from './network.ts';
import { fileNames } from './whose-files.ts';

/** What looking for flow logs found. */
export interface FoundSources {
  readonly sources: readonly S3Source[];
  /** Those that deliver to CloudWatch Logs: there is no table for them, and no bucket. */
  readonly logGroups: readonly LogGroupSource[];
  /** Flow logs that are no source, and why, a sentence each: they deliver to Firehose, or record a gateway. */
  readonly others: readonly string[];
  /** Accounts and regions that did not answer, a sentence each: what is there is not known. */
  readonly problems: readonly string[];
  readonly foundAt: Date;
}

/** Knows the flow logs of every account and region that is configured. */
export interface SourceBook {
  /**
   * What is known, asked anew when it is older than some minutes or when `fresh` says so.
   * @throws CloudError when no region answers.
   */
  found(signal: AbortSignal, options?: { readonly fresh?: boolean }): Promise<FoundSources>;
}

export interface SourceBookParts {
  readonly cloud: Cloud;
  /** Sources that are listed in the configuration: those of the same flow log take the place of the one found. */
  readonly configured: readonly S3Source[];
  readonly now: () => Date;
}

/** A flow log that was created elsewhere is seen after this long, or at once by `sources`. */
const FRESH_MS = 5 * 60_000;

/** Looks flow logs up when they are asked for, and keeps the result for some minutes. */
export function createSourceBook({ cloud, configured, now }: SourceBookParts): SourceBook {
  let known: FoundSources | undefined;
  let looking: Promise<FoundSources> | undefined;
  let looks = 0;
  let knownOfLook = 0;

  async function look(signal: AbortSignal): Promise<FoundSources> {
    const foundAt = now();
    looks += 1;
    const number = looks;
    const { fault, ...found } = await findSources(cloud, signal);
    // Sources of the configuration can be asked by whoever may not look for others.
    if (fault !== undefined && configured.length === 0) throw fault;
    const looked = { ...found, sources: withConfigured(found.sources, configured), foundAt };
    // Of two looks at once the later one knows more.
    if (number > knownOfLook) {
      known = looked;
      knownOfLook = number;
    }
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
      const isFresh =
        known !== undefined && isYoungerThan(FRESH_MS, known.foundAt.getTime(), now().getTime());
      if (!fresh && known !== undefined && isFresh) return known;
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
function withConfigured(found: readonly S3Source[], configured: readonly S3Source[]): readonly S3Source[] {
  const at = ({ place, account, region }: S3Source) =>
    [place.bucket, place.prefix, account, region].join(' ');
  const isTaken = (source: S3Source) =>
    configured.some((each) => {
      const own = fileNames(each);
      return own === undefined ? at(each) === at(source) : own === fileNames(source);
    });
  return [...configured, ...found.filter((source) => !isTaken(source))];
}

/** What one region of one account has; its fault when it did not answer. */
type AtSite = Omit<FoundSources, 'foundAt'> & { readonly fault?: CloudError };

/**
 * Asks every region of every account which flow logs there are. One that does not answer is listed under `problems`; when
 * none does, its fault is given, for that is not the same as having no flow logs.
 */
export async function findSources(cloud: Cloud, signal: AbortSignal): Promise<AtSite> {
  const sites = await cloud.sites(signal);
  const found = await Promise.all(sites.map((site) => sourcesAt(site, signal)));
  const [fault] = found.every((site) => site.fault !== undefined)
    ? found.flatMap((site) => site.fault ?? [])
    : [];
  return {
    ...(fault && { fault }),
    sources: found.flatMap(({ sources }) => sources),
    logGroups: found.flatMap(({ logGroups }) => logGroups),
    others: found.flatMap(({ others }) => others),
    problems: found.flatMap(({ problems }) => problems),
  };
}

async function sourcesAt(site: Site, signal: AbortSignal): Promise<AtSite> {
  try {
    const flowLogs = await site.flowLogs.describe({}, signal);
    const found = await Promise.all(flowLogs.map((flowLog) => sourceOf(flowLog, site, signal)));
    const sources = found.filter((source) => typeof source !== 'string');
    return {
      sources: sources.filter(isOnS3),
      logGroups: sources.filter(isInLogGroup),
      others: found.filter((source) => typeof source === 'string'),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const where = `${site.region} of ${site.account}`;
    const problem = `${where} did not answer ${error.call}: ${error.message}`;
    return { sources: [], logGroups: [], others: [], problems: [problem], fault: error };
  }
}

/** A flow log as a source, or why it is none. */
async function sourceOf(flowLog: FlowLog, site: Site, signal: AbortSignal): Promise<CloudSource | string> {
  const { id, destination, resourceId, fields, trafficType } = flowLog;
  if (destination.kind === 'firehose')
    return `${id} delivers to Data Firehose (${destination.arn}), which flowlog does not read`;
  if (destination.kind === 's3' && hasDotFolder(destination.prefix))
    return `${id} delivers under ${inCode(destination.prefix)}, which ${DOT_FOLDER}: flowlog does not read it`;
  const resource = await resourceOf(resourceId, site, signal);
  if (resource === 'gateway')
    return `${id} records ${resourceId}, a gateway, whose flow logs flowlog does not read`;
  const { account, region } = site;
  const found = { name: id, account, region, fields, trafficType, resource, flowLog, adopted: undefined };
  return destination.kind === 's3' ? { ...found, place: destination } : { ...found, place: destination };
}

/** A resource that is gone leaves its logs behind: they can still be asked. */
async function resourceOf(
  id: string,
  { network }: Site,
  signal: AbortSignal,
): Promise<Resource | 'gateway' | undefined> {
  return /^(vpc|subnet|eni)-/.test(id) ? network.resource(id, signal) : 'gateway';
}
