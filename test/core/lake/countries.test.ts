import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCountries } from '../../../src/app/countries.ts';
import { countriesOf } from '../../../src/core/lake/countries.ts';

const open = openCountries();

describe('the country', () => {
  it('is that of public IPv4 addresses, by its English name', async () => {
    const found = await countriesOf(['193.99.144.80', '8.8.8.8'], open);
    expect(Object.fromEntries(found)).toEqual({ '193.99.144.80': 'Germany', '8.8.8.8': 'United States' });
  });

  it.each([
    ...['10.0.1.5', '172.16.0.1', '192.168.1.1', '100.64.0.1', '169.254.169.254', '127.0.0.1', '0.0.0.0'],
    ...['192.0.2.1', '198.51.100.7', '203.0.113.9', '198.18.0.1', '198.19.255.255', '224.0.0.1', '240.0.0.1'],
    ...['255.255.255.255', '2a00:1450:4001::1', '2001:db8::1', 'eni-0a', 'fl-1', '-', ''],
  ])('is none for %j, and nothing is opened for it', async (of) => {
    const opened = () => Promise.reject(new Error('opened'));
    expect(await countriesOf([of], opened)).toEqual(new Map());
    expect(await countriesOf([of], open)).toEqual(new Map());
  });

  it('is none where its data cannot be opened', async () => {
    expect(await countriesOf(['8.8.8.8'], () => Promise.reject(new Error('gone')))).toEqual(new Map());
  });

  it('of any address is a name or none, never a code', async () => {
    const address = fc.ipV4();
    await fc.assert(
      fc.asyncProperty(address, async (of) => {
        const country = (await countriesOf([of], open)).get(of);
        expect(country === undefined || country.length > 3).toBe(true);
      }),
    );
  });
});
