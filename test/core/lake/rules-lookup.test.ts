import { expect, it } from 'vitest';
import type { Cloud } from '../../../src/core/lake/cloud.ts';
import { createRulesLookup } from '../../../src/core/lake/rules-lookup.ts';
import { parseAddress } from '../../../src/core/line/read-address.ts';
import { HOSTS } from '../../../src/playground/aws/network.ts';
import { givenSample } from '../../support/given-sample.ts';
import { fault, withFault } from '../../support/with-fault.ts';

const signal = new AbortController().signal;

function addresses(...texts: readonly string[]) {
  return texts.flatMap((text) => {
    const read = parseAddress(text);
    return 'value' in read ? [read.value] : [];
  });
}

const { app1, db1 } = HOSTS;

it('rules are found for the addresses that an interface carries, and for no other', async () => {
  const { cloud } = await givenSample();
  const found = await createRulesLookup(cloud)(addresses(app1.address, '198.51.100.9', '10.0.0.0/8'), signal);
  expect([...found.byAddress.keys()]).toEqual([app1.address]);
  expect(found.byAddress.get(app1.address)?.networkInterface.id).toBe(app1.interfaceId);
  expect(found).toMatchObject({ missing: [], isLate: false });
});

it('rules of an address that two networks have are those of neither', async () => {
  const { cloud } = await givenSample();
  const twice = { ...cloud, sites: async () => (await cloud.sites(signal)).flatMap((site) => [site, site]) };
  const found = await createRulesLookup(twice)(addresses(db1.address), signal);
  expect(found.byAddress.size).toBe(0);
});

it('a call that is denied is named, and fails nothing', async () => {
  const { cloud } = await givenSample({
    around: (real) =>
      withFault(real, {
        network: () => ({
          interfaces: async () => {
            throw fault('denied', 'ec2:DescribeNetworkInterfaces', 'not you');
          },
        }),
      }),
  });
  const found = await createRulesLookup(cloud)(addresses(db1.address), signal);
  expect(found).toMatchObject({ missing: ['ec2:DescribeNetworkInterfaces'], isLate: false });
  expect(found.byAddress.size).toBe(0);
});

/** A cloud that answers nothing until it is stopped. */
const HANGS: Pick<Cloud, 'sites'> = {
  sites: (stopped) =>
    new Promise((_, reject) => stopped.addEventListener('abort', () => reject(stopped.reason))),
};

it('rules that do not come in time are late, and an answer does without them', async () => {
  const { cloud } = await givenSample();
  const found = await createRulesLookup({ ...cloud, ...HANGS }, 20)(addresses(db1.address), signal);
  expect(found).toMatchObject({ missing: [], isLate: true });
});

it('a question that is stopped stops its lookup', async () => {
  const { cloud } = await givenSample();
  const stop = new AbortController();
  const found = createRulesLookup({ ...cloud, ...HANGS }, 60_000)(addresses(db1.address), stop.signal);
  stop.abort(new Error('stopped'));
  await expect(found).rejects.toThrow('stopped');
});
