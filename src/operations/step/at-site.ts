import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import type { Cloud, Site } from '../../core/lake/cloud.ts';

/** Where a step is done. */
export const PLACE = { account: z.string(), region: z.string() };

/** The site of an account and region. @throws UserError when it is not configured any more. */
export async function siteAt(
  cloud: Cloud,
  { account, region }: { readonly account: string; readonly region: string },
  signal: AbortSignal,
): Promise<Site> {
  const sites = await cloud.sites(signal);
  const site = sites.find((each) => each.account === account && each.region === region);
  if (site !== undefined) return site;
  throw new UserError(`The region ${region} of account ${account} is not configured.`, {
    hint: 'Add it to `aws-regions` or `accounts` in flowlog.yml.',
  });
}
