import type { AddressRange } from '../flow-log/addresses.ts';
import type { Subject } from './choose-sources.ts';
import { type Cloud, CloudError } from './cloud.ts';
import type { InterfaceFilter } from './network.ts';
import type { ScanTarget } from './sources.ts';

/**
 * Finds the interfaces that carry the addresses of a question, or the one that it names. A block of addresses, and an
 * address that nothing here carries, have none: then every flow log of the scope may have seen it.
 */
export async function findSubjects(
  cloud: Cloud,
  { addresses, eni }: Pick<ScanTarget, 'addresses' | 'eni'>,
  signal: AbortSignal,
): Promise<readonly Subject[]> {
  const filters = [
    ...addresses.filter(({ single }) => single).map(byAddress),
    ...(eni === undefined ? [] : [{ said: eni, filter: { ids: [eni] } }]),
  ];
  if (filters.length === 0) return [];
  const sites = await cloud.sites(signal);
  return Promise.all(
    filters.map(async ({ said, filter }) => {
      const found = await Promise.all(sites.map((site) => interfacesAt(site, filter, signal)));
      return {
        said,
        interfaces: found.flatMap((interfaces) => interfaces ?? []),
        isPartial: found.length === 0 || found.includes(undefined),
      };
    }),
  );
}

function byAddress({ text }: AddressRange): { readonly said: string; readonly filter: InterfaceFilter } {
  return { said: text, filter: { addresses: [text] } };
}

/** Undefined where interfaces may not be listed: nothing is known of them, and nothing is left out because of that. */
async function interfacesAt(
  { network }: Awaited<ReturnType<Cloud['sites']>>[number],
  filter: InterfaceFilter,
  signal: AbortSignal,
) {
  try {
    return await network.interfaces(filter, signal);
  } catch (error) {
    if (error instanceof CloudError) return undefined;
    throw error;
  }
}
