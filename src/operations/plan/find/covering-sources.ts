import { UserError } from '../../../core/errors.ts';
import { contains, coversInterface } from '../../../core/lake/choose-sources.ts';
import type { NetworkInterface } from '../../../core/lake/network.ts';
import type { FoundSources } from '../../../core/lake/source-book.ts';
import type { OperationContext } from '../../../core/operation/operation.ts';
import { findResource } from './find-site.ts';
import { findSource } from './find-source.ts';

/** Whether a word is the id of what is recorded, not of a source. */
export function namesResource(of: string): boolean {
  return /^(?:vpc|subnet|eni|i)-[0-9a-f]+$/.test(of);
}

/**
 * The flow logs that record something: of an interface those on it, on its subnet and on its VPC; of a VPC also those
 * on what is in it. All, when nothing is named. @throws UserError when what is named is not there.
 */
export async function coveringSources(
  of: string | undefined,
  context: OperationContext,
): Promise<Pick<FoundSources, 'sources' | 'others' | 'problems'>> {
  if (of !== undefined && !namesResource(of))
    return {
      sources: [await findSource(of, { line: 'status', takesNames: true }, context)],
      others: [],
      problems: [],
    };
  const { sources, others, problems } = await context.book.found(context.signal, { fresh: true });
  if (of === undefined) return { sources, others, problems };
  if (of.startsWith('i-')) {
    const interfaces = await interfacesOf(of, context);
    const covers = ({ resource }: FoundSources['sources'][number]) =>
      resource !== undefined && interfaces.some((each) => coversInterface(resource, each));
    return { sources: sources.filter(covers), others: [], problems };
  }
  const { resource } = await findResource(of, context);
  const touches = (other: FoundSources['sources'][number]['resource']) =>
    other !== undefined && (contains(other, resource) || contains(resource, other));
  return { sources: sources.filter((source) => touches(source.resource)), others: [], problems };
}

async function interfacesOf(
  instanceId: string,
  { cloud, signal }: OperationContext,
): Promise<readonly NetworkInterface[]> {
  const sites = await cloud.sites(signal);
  const found = await Promise.all(
    sites.map(({ network }) => network.interfaces({ instanceIds: [instanceId] }, signal)),
  );
  if (found.flat().length > 0) return found.flat();
  throw new UserError(`There is no instance \`${instanceId}\` with a network interface here.`, {
    hint: 'Check the id; if it is in another region or account, add that to `aws-regions` or `accounts` in flowlog.yml.',
  });
}
