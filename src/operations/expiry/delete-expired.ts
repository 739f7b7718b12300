import type { Cloud, Site } from '../../core/lake/cloud.ts';
import type { FlowLog, FlowLogDestination } from '../../core/lake/flow-logs.ts';
import { s3Url } from '../../core/lake/log-source.ts';
import { MADE_BY } from '../../core/lake/table-for.ts';
import type { Ending, Endings } from '../../core/operation/endings.ts';
import type { Journal } from '../../core/operation/journal.ts';
import { isOurFlowLog, TAGS, writtenDown } from '../steps/ownership.ts';

export interface ExpiryParts {
  readonly cloud: Cloud;
  readonly endings: Endings;
  readonly journal: Pick<Journal, 'foundOut'>;
  readonly now: () => Date;
  /** Called with flow logs whose tags alone say that their time is over: they are not deleted without being asked for. */
  readonly unproven?: (flowLogIds: readonly string[]) => void;
}

/**
 * Deletes the flow logs that were set up `for` a time that is over: by their entry in the journal and by their tag,
 * whichever is later. A tag alone deletes nothing, because whoever may tag can write it: such a flow log waits for
 * `teardown`. Each is written down before it is deleted: one that was deleted right before a restart is known by its
 * absence. @returns the ids of those that are deleted now.
 */
export async function deleteExpired(parts: ExpiryParts, signal: AbortSignal): Promise<readonly string[]> {
  const sites = await parts.cloud.sites(signal);
  const gone = await deletedBefore(sites, parts, signal);
  return [...gone, ...(await Promise.all(sites.map((site) => deleteAt(site, parts, signal)))).flat()];
}

/**
 * Those whose deletion was begun and that are not there any more. Of a place that does not answer now, as when its
 * account was taken out of the configuration, nothing is known.
 */
async function deletedBefore(
  sites: readonly Site[],
  { endings, now }: ExpiryParts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const due = (await endings.in('due')).filter((each) => sites.some((site) => isAt(site, each)));
  const ids = due.map(({ flowLogId }) => flowLogId);
  if (ids.length === 0) return [];
  const there = await Promise.all(sites.map(({ flowLogs }) => flowLogs.describe({ ids }, signal)));
  const gone = ids.filter((id) => !there.flat().some((flowLog) => flowLog.id === id));
  return moved(gone, (id) => endings.move(id, 'due', 'deleted', now()));
}

function isAt(site: Site, { account, region }: Pick<Ending, 'account' | 'region'>): boolean {
  return site.account === account && site.region === region;
}

async function deleteAt(
  { account, region, flowLogs }: Site,
  { endings, journal, now, unproven }: ExpiryParts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const ours = await flowLogs.describe({ tag: { key: MADE_BY.key, value: MADE_BY.value } }, signal);
  const tagged = ours.filter(isOurFlowLog).flatMap((flowLog) => endingOf(flowLog, now()) ?? []);
  const known = await Promise.all(
    tagged.map(async (ending) => ({ ending, written: await writtenDown(ending.flowLogId, journal) })),
  );
  const isProven = ({ written }: (typeof known)[number]) =>
    written?.until !== undefined && written.account === account && written.region === region;
  const doubtful = known.filter((each) => !isProven(each)).map(({ ending }) => ending.flowLogId);
  if (doubtful.length > 0) unproven?.(doubtful);
  const over = known
    .filter((each) => isProven(each) && (each.written?.until?.getTime() ?? 0) <= now().getTime())
    .map(({ ending }) => ending);
  if (over.length === 0) return [];
  for (const ending of over) await endings.note({ ...ending, account, region }, now());
  const ids = over.map(({ flowLogId }) => flowLogId);
  const failed = new Set((await flowLogs.delete(ids, signal)).map(({ id }) => id));
  return moved(
    ids.filter((id) => !failed.has(id)),
    (id) => endings.move(id, 'due', 'deleted', now()),
  );
}

async function moved(
  ids: readonly string[],
  move: (id: string) => Promise<boolean>,
): Promise<readonly string[]> {
  const done = await Promise.all(ids.map(async (id) => ({ id, ours: await move(id) })));
  return done.filter(({ ours }) => ours).map(({ id }) => id);
}

/** A tag whose value is no time is ignored. */
function endingOf(
  { id, resourceId, destination, tags }: FlowLog,
  now: Date,
): Omit<Ending, 'account' | 'region'> | undefined {
  const dueMs = Date.parse(tags[TAGS.deleteAfter] ?? '');
  if (Number.isNaN(dueMs) || dueMs > now.getTime()) return undefined;
  return { flowLogId: id, resourceId, left: leftBy(destination), dueAt: new Date(dueMs) };
}

function leftBy(destination: FlowLogDestination): string {
  switch (destination.kind) {
    case 's3':
      return s3Url(destination.bucket, destination.prefix === '' ? '' : `${destination.prefix}/`);
    case 'cloud-watch-logs':
      return destination.logGroup;
    case 'firehose':
      return destination.arn;
  }
}
