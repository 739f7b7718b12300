import { inCode } from '../language/words/in-code.ts';
import type { Cloud, Site } from '../ports/cloud/cloud.ts';
import { CloudError } from '../ports/cloud/cloud-error.ts';
import type { FlowLog } from '../ports/cloud/flow-logs.ts';
import type { Resource } from '../ports/cloud/network.ts';
import { DOT_FOLDER, hasDotFolder } from './dot-folder.ts';
import type { LogSource } from './log-source.ts';
import type { FoundSources } from './source-book.ts';

/** What one region of one account has; its fault when it did not answer. */
type AtSite = Omit<FoundSources, 'foundAt'> & { readonly fault?: CloudError };

/**
 * Asks every region of every account which flow logs there are. One that does not answer is told, not passed over; when
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
    others: found.flatMap(({ others }) => others),
    problems: found.flatMap(({ problems }) => problems),
  };
}

async function sourcesAt(site: Site, signal: AbortSignal): Promise<AtSite> {
  try {
    const flowLogs = await site.flowLogs.describe({}, signal);
    const sources = await Promise.all(flowLogs.map((flowLog) => sourceOf(flowLog, site, signal)));
    return {
      sources: sources.filter((source) => typeof source !== 'string'),
      others: sources.filter((source) => typeof source === 'string'),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    const where = `${site.region} of ${site.account}`;
    const problem = `${where} did not answer ${error.call}: ${error.message}`;
    return { sources: [], others: [], problems: [problem], fault: error };
  }
}

async function sourceOf(flowLog: FlowLog, site: Site, signal: AbortSignal): Promise<LogSource | string> {
  const { id, destination, resourceId, fields, trafficType } = flowLog;
  if (destination.kind !== 's3')
    return `${id} delivers to ${elsewhere(flowLog)}, which flowlog does not read`;
  if (hasDotFolder(destination.prefix))
    return `${id} delivers under ${inCode(destination.prefix)}, which ${DOT_FOLDER}: flowlog does not read it`;
  const resource = await resourceOf(resourceId, site, signal);
  if (resource === 'gateway')
    return `${id} records ${resourceId}, a gateway, whose flow logs flowlog does not read`;
  const { account, region } = site;
  return {
    name: id,
    account,
    region,
    files: destination,
    fields,
    trafficType,
    resource,
    flowLog,
    adopted: undefined,
  };
}

function elsewhere({ destination }: FlowLog): string {
  if (destination.kind === 'firehose') return `Data Firehose (${destination.arn})`;
  return destination.kind === 's3' ? 'S3' : `CloudWatch Logs (${destination.logGroup})`;
}

/** A resource that is gone leaves its logs behind: they can still be asked. */
async function resourceOf(
  id: string,
  { network }: Site,
  signal: AbortSignal,
): Promise<Resource | 'gateway' | undefined> {
  return /^(vpc|subnet|eni)-/.test(id) ? network.resource(id, signal) : 'gateway';
}
