import { addressBytes, blockHolds, isInternal } from '../flow-log/addresses.ts';
import { inOneLine } from '../wording.ts';
import type { Name } from './names.ts';
import type { PlacedSubnet } from './network.ts';

/**
 * In which subnet an address inside is; undefined where none holds it, or several networks use it. Subnets of the VPCs that
 * are read are meant, where these are known.
 */
export function subnetName(
  address: string,
  subnets: readonly PlacedSubnet[],
  vpcIds: readonly string[],
): Name | undefined {
  if (addressBytes(address) === undefined || !isInternal(address)) return undefined;
  const meant = subnets.filter(({ vpcId }) => vpcIds.length === 0 || vpcIds.includes(vpcId));
  const holding = meant.filter(({ blocks }) => blocks.some((block) => blockHolds(block, address)));
  const [only, ...others] = holding;
  // An id would say no more than the address does.
  if (only === undefined || others.length > 0 || only.name === '') return undefined;
  return { name: `in subnet ${inOneLine(only.name)}`, from: 'subnets', since: undefined };
}
