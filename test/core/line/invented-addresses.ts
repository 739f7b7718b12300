import type { UserError } from '../../../src/core/errors.ts';

/** Everything in a text that looks like an address, seen by an eye that knows nothing of how lines are read. */
function addressesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?:\d+\.){3}\d+|[0-9a-f]*:[0-9a-f:]*:[0-9a-f]*/gi)].map(([found]) => found);
}

/** Addresses in what a refusal says or offers that were not typed; the block of `10.0.21` is that with zeros behind. */
export function inventedAddresses(
  typed: string,
  { message, hint, correctedLine }: UserError,
): readonly string[] {
  const decimal = typed.toLowerCase().replace(/\b0+(?=\d)/g, '');
  return addressesIn(`${message} ${hint ?? ''} ${correctedLine ?? ''}`.toLowerCase()).filter((address) => {
    const plain = address.replace(/(?:\.0)+$/, '');
    return !(decimal.includes(plain) || typed.toLowerCase().includes(address));
  });
}
