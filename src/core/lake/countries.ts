import { addressBytes, isOnTheInternet } from '../flow-log/addresses.ts';

/** Opens what knows the country of a public IPv4 address, in English; undefined for one that it does not know. */
export type Countries = () => Promise<(address: string) => string | undefined>;

/**
 * The countries of those addresses that have one. Private, special and IPv6 addresses and what is no address have none, and
 * where there is no other nothing is opened. What cannot be opened knows none.
 */
export async function countriesOf(
  addresses: readonly string[],
  open: Countries | undefined,
): Promise<ReadonlyMap<string, string>> {
  const asked = addresses.filter((each) => addressBytes(each)?.length === 4 && isOnTheInternet(each));
  if (asked.length === 0 || open === undefined) return new Map();
  const countryOf = await open().catch(() => undefined);
  return new Map(
    asked.flatMap((address): readonly (readonly [string, string])[] => {
      const country = countryOf?.(address);
      return country === undefined ? [] : [[address, country]];
    }),
  );
}
