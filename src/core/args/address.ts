import type { AddressRange } from '../address/address-range.ts';
import { parseAddress } from '../address/parse-address.ts';
import type { Kind, Wording } from './kind.ts';

/** An IPv4 or IPv6 address, or a block of them. */
export function address(wording: Wording = {}): Kind<AddressRange> {
  const example = wording.example ?? '10.0.1.5';
  return {
    hint: 'address',
    about: 'an address or a CIDR',
    ...wording,
    example,
    read: parseAddress,
    write: ({ text }) => text,
  };
}
