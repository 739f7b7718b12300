import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import { type Cloud, CloudError } from '../../../src/core/lake/cloud.ts';
import { createInterfacesByName } from '../../../src/core/lake/interfaces-by-name.ts';
import type { NetworkInterface } from '../../../src/core/lake/network.ts';
import { isCommand, readRequest } from '../../../src/core/operation/request.ts';
import { AmbiguousName, createNameResolver } from '../../../src/core/operation/resolve-names.ts';
import type { Question } from '../../../src/core/query/question.ts';
import { SAMPLE_NETWORK } from '../../../src/playground/aws/network.ts';
import { ENTRIES, type GivenSample, givenSample, VPC } from '../../support/given-sample.ts';
import { inOther, OTHER, twoSites } from '../../support/two-sites.ts';
import { fault, withFault } from '../../support/with-fault.ts';

const { signal } = new AbortController();
const NOW = new Date('2026-11-22T11:00:00Z');

function read(line: string): Question {
  const request = readRequest(line, {
    catalog: ENTRIES,
    now: NOW,
    zone: 'UTC',
    longestWindowSeconds: 7 * 86_400,
  });
  if ('help' in request || isCommand(request)) throw new RangeError(`${line} is no question`);
  return request;
}

/** Looks names up in the sample network, changed by `around`. */
async function given(around: (cloud: Cloud) => Cloud = (cloud) => cloud) {
  const sample: GivenSample = await givenSample();
  const cloud = around(sample.cloud);
  const clock = { now: NOW };
  const resolve = createNameResolver(
    createInterfacesByName({ sites: (stop) => cloud.sites(stop), now: () => clock.now }),
  );
  return {
    clock,
    resolved: (line: string) => resolve(read(line), signal),
    async refused(line: string): Promise<UserError> {
      const error = await resolve(read(line), signal).catch((reason: unknown) => reason);
      if (error instanceof UserError) return error;
      throw error;
    },
  };
}

const changing = (change: (found: NetworkInterface) => Partial<NetworkInterface>) => (cloud: Cloud) =>
  withFault(cloud, {
    network: (real) => ({
      interfaces: async (filter, stop) =>
        (await real.interfaces(filter, stop)).map((each) => ({ ...each, ...change(each) })),
    }),
  });

describe('a name that one interface carries', () => {
  it.each([
    ['to db-1 last 1h', 'to 10.0.21.31 last 1h', ['The name db-1 was read as 10.0.21.31']],
    ['to DB-1 last 1h', 'to 10.0.21.31 last 1h', ['The name DB-1 was read as 10.0.21.31']],
    [
      'why app-1 db-1:5432',
      'why 10.0.11.41 10.0.21.31 port=5432 last 1h',
      ['The name app-1 was read as 10.0.11.41', 'The name db-1 was read as 10.0.21.31'],
    ],
    ['records src=app-1 dst=10.0.0.0/8', 'records src=10.0.11.41 dst=10.0.0.0/8 last 1h', expect.anything()],
    [
      'to i-0f10f10f10f10f003',
      'to 10.0.11.41 last 1h',
      ['The name i-0f10f10f10f10f003 was read as 10.0.11.41'],
    ],
    [
      'to eni-0f10f10f10f10f005',
      'to 10.0.21.31 last 1h',
      ['The name eni-0f10f10f10f10f005 was read as 10.0.21.31'],
    ],
    ['between db-1 db-1', 'between 10.0.21.31 10.0.21.31 last 1h', ['The name db-1 was read as 10.0.21.31']],
    [
      'traffic eks-node-1',
      'traffic 10.0.11.100 last 1h',
      [
        'The name eks-node-1 was read as 10.0.11.100, the primary of the 2 private addresses of eni-0f10f10f10f10f012',
      ],
    ],
  ])('%s is %s, and it says so', async (line, canonical, notes) => {
    const { resolved } = await given();
    const question = await resolved(line);
    expect(question.line).toBe(canonical);
    expect(question.notes).toEqual(notes);
    const again = read(question.line);
    expect(again.args).toEqual(question.args);
    expect(await resolved(question.line)).toEqual(again);
  });

  it('is looked for only where the question is about', async () => {
    const { resolved, refused } = await given();
    const other = inOther(VPC);
    expect((await resolved(`to db-1 vpc=${VPC}`)).line).toBe(`to 10.0.21.31 vpc=${VPC} last 1h`);
    expect((await refused(`to db-1 vpc=${other}`)).message).toBe('Nothing here is called `db-1`.');
    expect((await refused(`to db-1 region=${OTHER.region}`)).message).toBe('Nothing here is called `db-1`.');
  });

  it('stays the name of one when another differs in capital letters', async () => {
    const { resolved, refused } = await given((cloud) =>
      withFault(cloud, {
        network: (real) => ({
          nameTags: async (stop) => [
            ...(await real.nameTags(stop)),
            { id: 'i-0f10f10f10f10f003', name: 'DB-1' },
          ],
        }),
      }),
    );
    expect((await resolved('to db-1')).line).toBe('to 10.0.21.31 last 1h');
    expect((await resolved('to DB-1')).line).toBe('to 10.0.11.41 last 1h');
    expect(await refused('to Db-1')).toBeInstanceOf(AmbiguousName);
  });
});

describe('a name that several interfaces carry', () => {
  it('is asked back with a line for each, and nothing is chosen', async () => {
    const { refused } = await given();
    const error = await refused('why shop db-1:5432 last 2h');
    expect(error.message).toBe('2 network interfaces are called `shop`: which one?');
    expect(error).toMatchObject({
      hint: 'Nothing was run. Choose one of them, or type its address.',
      offers: [
        { label: `shop 10.0.1.200 in ${VPC}`, line: 'why 10.0.1.200 db-1 port=5432 last 2h' },
        { label: `shop 10.0.2.200 in ${VPC}`, line: 'why 10.0.2.200 db-1 port=5432 last 2h' },
      ],
    });
  });

  it('is asked back with five lines at most', async () => {
    const { refused } = await given((cloud) =>
      withFault(cloud, {
        network: () => ({
          nameTags: async () =>
            SAMPLE_NETWORK.interfaces.map(({ interfaceId }) => ({ id: interfaceId, name: 'web' })),
        }),
      }),
    );
    const error = await refused('to web');
    expect(error.message).toBe('15 network interfaces are called `web`; these are 5 of them.');
    expect(error instanceof AmbiguousName && error.offers).toHaveLength(5);
  });

  it('in networks with the same addresses is offered with the id of each network', async () => {
    const [one, other] = [await givenSample(), await givenSample()];
    const { refused, resolved } = await given(() => twoSites(one.cloud, other.cloud));
    const error = await refused('to db-1');
    expect(error instanceof AmbiguousName && error.offers.map(({ line }) => line)).toEqual([
      `to 10.0.21.31 vpc=${inOther(VPC)} last 1h`,
      `to 10.0.21.31 vpc=${VPC} last 1h`,
    ]);
    expect((await resolved(`to db-1 region=${OTHER.region}`)).args).toMatchObject({
      addr: { text: '10.0.21.31' },
    });
  });
});

describe('a name that nothing carries', () => {
  it.each([
    ['to db-9', 'Nothing here is called `db-9`. Did you mean `db-1`?', 'to db-1 last 1h'],
    [
      'why app-1 monitorin',
      'Nothing here is called `monitorin`. Did you mean `monitoring`?',
      'why 10.0.11.41 monitoring last 1h',
    ],
    ['to frobnicator', 'Nothing here is called `frobnicator`.', undefined],
    [
      'to web.example.com',
      'Nothing here is called `web.example.com`, and flow logs hold no host names.',
      undefined,
    ],
    ['to i-0a1b2c3d', 'Nothing here is called `i-0a1b2c3d`.', undefined],
    ['to eni-0a1b2c3d4e5f60718', 'Nothing here is called `eni-0a1b2c3d4e5f60718`.', undefined],
  ])('%s is refused, and no address is invented', async (line, message, correctedLine) => {
    const { refused } = await given();
    const error = await refused(line);
    expect(error).toMatchObject({ message, correctedLine });
    if (correctedLine === undefined) expect(error.hint).toBe('Type its address.');
    else expect(read(correctedLine).line).toBe(correctedLine);
  });

  it('is not corrected to a tag that no line can hold', async () => {
    const { refused } = await given((cloud) =>
      withFault(cloud, { network: () => ({ nameTags: async () => [{ id: 'i-0a1b2c3d', name: '`db-1*' }] }) }),
    );
    expect((await refused('to db-1x')).correctedLine).toBeUndefined();
  });
});

describe('a name that may not be looked up', () => {
  it('is refused with the permission that is missing', async () => {
    const { refused } = await given((cloud) =>
      withFault(cloud, {
        network: () => ({ nameTags: () => Promise.reject(fault('denied', 'ec2:DescribeTags')) }),
      }),
    );
    expect(await refused('to db-1')).toMatchObject({
      message: '`db-1` is a name, and flowlog may not ask EC2 for names.',
      hint: 'Type its address, or allow ec2:DescribeTags, which is denied.',
    });
    expect(await refused('to shop')).toBeInstanceOf(AmbiguousName);
  });

  it('fails as every lookup fails for any other fault, and is looked up again', async () => {
    const faults = [fault('throttled', 'ec2:DescribeTags')];
    const { resolved, refused } = await given((cloud) =>
      withFault(cloud, {
        network: (real) => ({
          nameTags: async (stop) => {
            const next = faults.pop();
            if (next !== undefined) throw next;
            return real.nameTags(stop);
          },
        }),
      }),
    );
    await expect(refused('to db-1')).rejects.toBeInstanceOf(CloudError);
    expect((await resolved('to db-1')).line).toBe('to 10.0.21.31 last 1h');
  });

  it('over a folder is refused, and addresses are not', async () => {
    const resolve = createNameResolver(undefined);
    await expect(resolve(read('to db-1'), signal)).rejects.toMatchObject({
      message: '`db-1` is a name, and a folder of flow logs knows no names.',
      hint: 'Type its address.',
    });
    const question = read('to 10.0.21.31');
    expect(await resolve(question, signal)).toBe(question);
  });
});

it('EC2 is asked once a minute for a name, and once for all names', async () => {
  const calls: string[] = [];
  const { resolved, clock } = await given((cloud) =>
    withFault(cloud, {
      network: (real) => ({
        nameTags: (stop) => {
          calls.push('tags');
          return real.nameTags(stop);
        },
        interfaces: (filter, stop) => {
          calls.push(Object.keys(filter).join());
          return real.interfaces(filter, stop);
        },
      }),
    }),
  );
  await resolved('between app-1 db-1');
  expect(calls.toSorted()).toEqual(['ids', 'instanceIds', 'loadBalancers', 'loadBalancers', 'tags']);
  await resolved('why app-1 db-1');
  expect(calls).toHaveLength(5);
  clock.now = new Date(NOW.getTime() + 61_000);
  await resolved('to db-1');
  expect(calls).toHaveLength(8);
});

it('an interface without an address is none that is meant', async () => {
  const { refused } = await given(changing(() => ({ addresses: [] })));
  expect((await refused('to db-1')).message).toContain('Nothing here is called `db-1`');
});
