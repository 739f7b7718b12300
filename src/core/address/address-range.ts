/** An address or a block of addresses, canonical: IPv4 in four decimal parts, IPv6 by RFC 5952, host bits cleared. */
export interface AddressRange {
  readonly family: 4 | 6;
  /** `10.0.1.5`, `10.0.0.0/8`, `2001:db8::1`, `2001:db8::/32`. */
  readonly text: string;
  /** Whether the range is one address rather than a block. */
  readonly single: boolean;
}

/**
 * How addresses are compared with the range: IPv4 as text. IPv6 has many spellings of one address, so that even a single
 * one is compared as a block, by value.
 */
export function comparedText({ family, text, single }: AddressRange): string {
  return family === 6 && single ? `${text}/128` : text;
}

/** Whether the value of an argument is an address or a block. */
export function isAddressRange(value: unknown): value is AddressRange {
  return typeof value === 'object' && value !== null && 'family' in value && 'single' in value;
}
