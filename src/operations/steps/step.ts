import { z } from 'zod';
import { UserError } from '../../core/errors.ts';
import type { Cloud, Site } from '../../core/lake/cloud.ts';
import type { Plain, PlannedStep, StepContext, StepDone, StepKind } from '../../core/operation/plan.ts';

/** A kind of step with its input: what plans write and what doing it reads. */
export interface Step<I> extends StepKind {
  /** A step of this kind for a plan. */
  planned(input: I & { readonly [key: string]: Plain }, words: StepWords): PlannedStep;
}

/** What a plan shows of a step. */
type StepWords = Pick<PlannedStep, 'words' | 'calls' | 'cost' | 'undo'>;

/** Declares a kind of step; its input was written down as JSON and is checked when it is read back. */
export function defineStep<I>(
  name: string,
  schema: z.ZodType<I>,
  work: (input: I, context: StepContext) => Promise<StepDone>,
): Step<I> {
  return {
    name,
    do: (input, context) => work(schema.parse(input), context),
    planned: (input, words) => ({ kind: name, input, ...words }),
  };
}

/** Where a step is done. */
export const SITE_FIELDS = { account: z.string(), region: z.string() };

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
