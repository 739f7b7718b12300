import { UserError } from '../../../core/errors.ts';
import type { Site } from '../../../core/lake/cloud.ts';
import type { Resource } from '../../../core/lake/network.ts';
import type { OperationContext } from '../../../core/operation/operation.ts';

/** A resource and where it is. */
export interface Located {
  readonly site: Site;
  readonly resource: Resource;
}

/** Finds a VPC, subnet or interface in any region of any account. @throws UserError when there is none. */
export async function findResource(
  id: string,
  { cloud, signal }: Pick<OperationContext, 'cloud' | 'signal'>,
): Promise<Located> {
  const sites = await cloud.sites(signal);
  const found = await Promise.all(
    sites.map(async (site) => ({ site, resource: await site.network.resource(id, signal) })),
  );
  for (const { site, resource } of found) if (resource !== undefined) return { site, resource };
  const places = sites.slice(0, MOST_NAMED).map(({ account, region }) => `${region} of ${account}`);
  const others = sites.length > MOST_NAMED ? ` and ${sites.length - MOST_NAMED} others` : '';
  throw new UserError(`There is no \`${id}\` in ${places.join(', ')}${others}.`, {
    hint: 'Check the id; if it is in another region or account, add that to `aws-regions` or `accounts` in flowlog.yml.',
  });
}

const MOST_NAMED = 4;
