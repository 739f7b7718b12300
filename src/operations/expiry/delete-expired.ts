import type { Cloud, Site } from '../../core/ports/cloud/cloud.ts';
import type { FlowLog } from '../../core/ports/cloud/flow-logs.ts';
import { MADE_BY } from '../../core/table/table-for.ts';
import { isOurs, TAGS } from '../plan/ownership.ts';

/**
 * Deletes the flow logs that were set up `for` a time that is over. The time stands in a tag of the flow log itself, so
 * that it survives a restart, another host and the loss of our own state. @returns their ids.
 */
export async function deleteExpired(
  cloud: Cloud,
  now: Date,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const sites = await cloud.sites(signal);
  return (await Promise.all(sites.map((site) => deleteAt(site, now, signal)))).flat();
}

async function deleteAt({ flowLogs }: Site, now: Date, signal: AbortSignal): Promise<readonly string[]> {
  const ours = await flowLogs.describe({ tag: { key: MADE_BY.key, value: MADE_BY.value } }, signal);
  const ids = ours.filter((flowLog) => isOurs(flowLog) && isOver(flowLog, now)).map(({ id }) => id);
  if (ids.length === 0) return [];
  const failed = new Set((await flowLogs.delete(ids, signal)).map(({ id }) => id));
  return ids.filter((id) => !failed.has(id));
}

/** A tag that somebody wrote by hand and that is no time ends nothing. */
function isOver({ tags }: FlowLog, now: Date): boolean {
  const ends = Date.parse(tags[TAGS.deleteAfter] ?? '');
  return !Number.isNaN(ends) && ends <= now.getTime();
}
