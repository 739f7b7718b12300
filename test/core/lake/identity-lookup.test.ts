import { expect, it } from 'vitest';
import type { Cloud } from '../../../src/core/lake/cloud.ts';
import { createIdentityLookup, type IdentityParts } from '../../../src/core/lake/identity-lookup.ts';
import type { NameHistory } from '../../../src/core/lake/name-history.ts';
import type { NameSpan } from '../../../src/core/lake/names.ts';
import { parseAddress } from '../../../src/core/line/read-address.ts';
import type { Scope } from '../../../src/core/line/standard-arguments.ts';
import { HOSTS, SAMPLE_NETWORK } from '../../../src/playground/aws/network.ts';
import { givenSample } from '../../support/given-sample.ts';
import { inOther, OTHER, twoSites } from '../../support/two-sites.ts';
import { fault, withFault } from '../../support/with-fault.ts';

const { signal } = new AbortController();
const { app1, db1, bastion } = HOSTS;
const WINDOW = { from: new Date('2026-03-05T13:00:00Z'), to: new Date('2026-03-05T14:00:00Z') };
const ms = (time: string) => Date.parse(`2026-03-05T${time}:00Z`);

function addressOf(text: string) {
  const read = parseAddress(text);
  if ('value' in read) return read.value;
  throw new RangeError(read.problem);
}

async function identified(
  text: string,
  parts: Partial<IdentityParts> = {},
  scope: Scope = {},
  stop = signal,
) {
  const cloud = 'cloud' in parts ? parts.cloud : (await givenSample()).cloud;
  const wanted = { address: addressOf(text), window: WINDOW, scope, flowLogs: [], isNamed: true };
  return createIdentityLookup({ ...parts, cloud })(wanted, stop);
}

/** A history that knows some spans of every address. */
function remembering(...spans: readonly NameSpan[]): NameHistory {
  return { note: async () => {}, sweep: async () => 0, of: async () => spans };
}

it('an address is identified by the interface that carries it, with the tags of its instance and of its VPC', async () => {
  const { carriers, holders, missing, asked } = await identified(app1.address);
  expect(carriers.map(({ networkInterface: { id } }) => id)).toEqual([app1.interfaceId]);
  expect(carriers[0]?.tags).toEqual([
    { id: SAMPLE_NETWORK.vpcId, key: 'Name', value: 'sample' },
    { id: app1.instanceId, key: 'Name', value: 'app-1' },
    { id: app1.instanceId, key: 'team', value: 'storefront' },
    { id: app1.instanceId, key: 'service', value: 'shop' },
  ]);
  expect(holders).toMatchObject([{ name: 'app-1', interfaceId: app1.interfaceId }]);
  expect([missing, asked]).toEqual([[], 'answered']);
});

it('a public address is identified by the interface that has it, one of others by the ranges of AWS', async () => {
  const ofRange = () => 'S3 us-east-1';
  const own = await identified(bastion.publicAddress ?? '', { ofRange });
  expect(own.carriers).toHaveLength(1);
  expect(await identified('203.0.113.99', { ofRange })).toMatchObject({
    carriers: [],
    awsRange: 'S3 us-east-1',
  });
  expect((await identified('10.0.99.1', { ofRange })).awsRange).toBeUndefined();
});

it('a public address has its country, also where there is no EC2 to ask', async () => {
  const countries = async () => () => 'Germany';
  expect((await identified('193.99.144.80', { countries })).country).toBe('Germany');
  expect((await identified('193.99.144.80', { countries, cloud: undefined })).country).toBe('Germany');
  expect((await identified('10.0.99.1', { countries })).country).toBeUndefined();
});

it('of an address that networks of two regions use both interfaces are found, and a scope leaves one', async () => {
  const [first, second] = [await givenSample(), await givenSample()];
  const cloud = twoSites(first.cloud, second.cloud);
  const both = await identified(db1.address, { cloud });
  expect(both.carriers.map(({ region }) => region)).toEqual([SAMPLE_NETWORK.region, OTHER.region]);
  expect(both.holders).toEqual([]);
  const other = await identified(db1.address, { cloud }, { region: OTHER.region });
  expect(other.carriers.map(({ networkInterface: { id } }) => id)).toEqual([inOther(db1.interfaceId)]);
  const inVpc = await identified(db1.address, { cloud }, { vpc: SAMPLE_NETWORK.vpcId });
  expect(inVpc.carriers.map(({ region }) => region)).toEqual([SAMPLE_NETWORK.region]);
});

it('who had an address in the window comes from what was written down', async () => {
  const before = {
    ...{ of: app1.address, name: 'app-0', interfaceId: 'eni-0', vpcId: SAMPLE_NETWORK.vpcId },
    ...{ fromMs: ms('09:00'), toMs: ms('13:30') },
  };
  const { holders } = await identified(app1.address, { history: remembering(before) });
  expect(holders.map(({ name, fromMs }) => [name, fromMs])).toEqual([
    ['app-0', ms('09:00')],
    ['app-1', ms('13:30')],
  ]);
  const gone = await identified('10.0.99.1', { history: remembering({ ...before, of: '10.0.99.1' }) });
  expect(gone).toMatchObject({ carriers: [], holders: [{ name: 'app-0' }] });
});

it('a history that cannot be read is as none', async () => {
  const history = { ...remembering(), of: () => Promise.reject(new Error('broken')) };
  expect((await identified(app1.address, { history })).carriers).toHaveLength(1);
});

it.each(['sites', 'interfaces', 'rulesOf', 'tagsOf'] as const)(
  'a call that is denied, %s, is named, and fails nothing',
  async (method) => {
    const { cloud } = await givenSample();
    const denied = () => Promise.reject(fault('denied', 'ec2:Denied'));
    const around: Cloud =
      method === 'sites'
        ? { ...cloud, sites: denied }
        : withFault(cloud, { network: () => ({ [method]: denied }) });
    const found = await identified(app1.address, { cloud: around });
    expect(found).toMatchObject({ missing: ['ec2:Denied'], asked: 'answered' });
    expect(found.carriers).toHaveLength(method === 'sites' || method === 'interfaces' ? 0 : 1);
  },
);

/** A cloud that answers nothing until it is stopped. */
const HANGS: Pick<Cloud, 'sites'> = {
  sites: (stopped) =>
    new Promise((_, reject) => stopped.addEventListener('abort', () => reject(stopped.reason))),
};

it('what EC2 does not say in time is late, and a question that is stopped stops its lookup', async () => {
  expect(await identified(db1.address, { cloud: HANGS, patienceMs: 20 })).toMatchObject({ asked: 'late' });
  const stop = new AbortController();
  const found = identified(db1.address, { cloud: HANGS, patienceMs: 60_000 }, {}, stop.signal);
  stop.abort(new Error('stopped'));
  await expect(found).rejects.toThrow('stopped');
});

it('over a folder nothing is asked', async () => {
  expect(await identified(db1.address, { cloud: undefined })).toMatchObject({
    carriers: [],
    asked: 'no EC2',
  });
});
