import { describe, expect, it } from 'vitest';
import { DEFAULT_FORMAT } from '../../src/core/flow-log/fields.ts';
import type { ByteRange, StoredObject } from '../../src/core/lake/buckets.ts';
import { type Cloud, CloudError, type Site } from '../../src/core/lake/cloud.ts';
import type { WantedFlowLog } from '../../src/core/lake/flow-logs.ts';
import type { TableSpec } from '../../src/core/sql/hive-ddl.ts';

/** A cloud with a network in it, whose first site has a VPC with a subnet, in that an interface with addresses. */
interface OpenCloud {
  readonly cloud: Cloud;
  readonly vpcId: string;
  readonly subnetId: string;
  readonly interfaceId: string;
  readonly instanceId: string;
  readonly address: string;
  /** Puts an object into a bucket, as AWS's delivery does. */
  put(bucket: string, key: string, content: Uint8Array): Promise<void>;
}

type Open = () => Promise<OpenCloud>;

const { signal } = new AbortController();
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'delivery.logs.amazonaws.com' } }],
});

async function siteOf({ cloud }: OpenCloud): Promise<Site> {
  const [site] = await cloud.sites(signal);
  if (site === undefined) throw new RangeError('there is no site');
  return site;
}

function wanted(resourceIds: readonly string[], prefix = 'network'): WantedFlowLog {
  return {
    resourceIds,
    trafficType: 'ALL',
    fields: ['version', 'srcaddr', 'start', 'end', 'log-status'],
    destination: {
      kind: 's3',
      bucket: 'my-logs',
      prefix,
      files: { format: 'parquet', hive: true, hourly: true },
    },
    maxIntervalSeconds: 60,
    tags: { 'managed-by': 'flowlog', incident: '4711' },
  };
}

/** A bucket into which flow logs may be delivered. */
async function givenBucket(open: Open): Promise<OpenCloud & { readonly site: Site }> {
  const opened = await open();
  const site = await siteOf(opened);
  await site.buckets.create('my-logs', signal);
  await site.buckets.putPolicy('my-logs', POLICY, signal);
  return { ...opened, site };
}

/** What every cloud promises. */
export function describeCloud(name: string, open: Open): void {
  describe(`the cloud ${name}`, () => {
    describeNetwork(open);
    describeFlowLogs(open);
    describeBuckets(open);
    describeObjects(open);
    describeTables(open);
  });
}

function describeNetwork(open: Open): void {
  it('has sites, each an account and a region, and a home site for tables', async () => {
    const opened = await open();
    const { account, region } = await siteOf(opened);
    expect(account).toMatch(/^\d{12}$/);
    expect(region).toMatch(/^[a-z]{2}(-[a-z]+)+-\d$/);
    expect(await opened.cloud.tables.home(signal)).toEqual({
      account: expect.stringMatching(/^\d{12}$/),
      region: expect.any(String),
    });
  });

  it('knows what can be recorded, and where it is', async () => {
    const opened = await open();
    const { vpcId, subnetId, interfaceId } = opened;
    const { network } = await siteOf(opened);
    expect(await network.resource(vpcId, signal)).toMatchObject({
      id: vpcId,
      kind: 'vpc',
      vpcId,
      subnetId: undefined,
    });
    expect(await network.resource(subnetId, signal)).toMatchObject({ kind: 'subnet', vpcId, subnetId });
    expect(await network.resource(interfaceId, signal)).toMatchObject({ kind: 'interface', vpcId, subnetId });
    for (const id of ['vpc-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60718', 'eni-0a1b2c3d4e5f60718'])
      expect(await network.resource(id, signal)).toBeUndefined();
  });

  it('finds interfaces by id, instance, VPC and address; every condition must hold', async () => {
    const opened = await open();
    const { vpcId, subnetId, interfaceId, instanceId, address } = opened;
    const { network } = await siteOf(opened);
    const ids = async (filter: Parameters<typeof network.interfaces>[0]) =>
      (await network.interfaces(filter, signal)).map(({ id }) => id);
    expect(await ids({ ids: [interfaceId] })).toEqual([interfaceId]);
    expect(await ids({ instanceIds: [instanceId] })).toEqual([interfaceId]);
    expect(await ids({ addresses: [address] })).toEqual([interfaceId]);
    expect(await ids({ vpcIds: [vpcId] })).toContain(interfaceId);
    expect(await ids({ vpcIds: ['vpc-0a1b2c3d4e5f60718'], addresses: [address] })).toEqual([]);
    expect(await ids({ addresses: ['192.0.2.250'] })).toEqual([]);
    const [found] = await network.interfaces({ ids: [interfaceId] }, signal);
    expect(found).toMatchObject({ vpcId, subnetId, instanceId });
    expect(found?.addresses).toContain(address);
  });

  it('knows by their Name tags what instances and interfaces are called', async () => {
    const opened = await open();
    const { interfaceId, instanceId } = opened;
    const { network } = await siteOf(opened);
    const tags = await network.nameTags(signal);
    const owners = tags.filter(({ id }) => id === interfaceId || id === instanceId);
    expect(owners.length).toBeGreaterThan(0);
    for (const { id, name } of tags) {
      expect(id).toMatch(/^(?:i|eni)-/);
      expect(name).not.toBe('');
    }
    expect(await network.interfaces({ loadBalancers: ['there-is-none'] }, signal)).toEqual([]);
  });

  it('lists its subnets with their blocks', async () => {
    const opened = await open();
    const { vpcId, subnetId } = opened;
    const { network } = await siteOf(opened);
    const found = (await network.subnets(signal)).find(({ id }) => id === subnetId);
    expect(found).toMatchObject({ vpcId, blocks: [expect.stringMatching(/^[0-9.]+\/[0-9]+$/)] });
  });

  it('knows all tags of what is asked for, and of nothing else', async () => {
    const opened = await open();
    const { interfaceId, instanceId } = opened;
    const { network } = await siteOf(opened);
    const tags = await network.tagsOf([interfaceId, instanceId, 'i-00000000000000000'], signal);
    expect(tags.length).toBeGreaterThan(0);
    for (const { id, key, value } of tags) {
      expect([interfaceId, instanceId]).toContain(id);
      expect([key, value]).not.toContain('');
    }
    expect(await network.tagsOf([], signal)).toEqual([]);
  });

  it('knows the rules of an interface: its groups, the network ACL and the route table of its subnet', async () => {
    const opened = await open();
    const { vpcId, subnetId, interfaceId } = opened;
    const { network, region } = await siteOf(opened);
    const found = await network.interfaces({ ids: [interfaceId] }, signal);
    const rules = await network.rulesOf(found, signal);
    expect(rules).toMatchObject({ region, missing: [] });
    const attached = found.flatMap(({ securityGroups }) => securityGroups.map(({ id }) => id));
    expect(attached.length).toBeGreaterThan(0);
    expect(rules.securityGroups?.map(({ id }) => id)).toEqual(expect.arrayContaining(attached));
    expect(rules.networkAcls?.filter(({ subnetIds }) => subnetIds.includes(subnetId))).toHaveLength(1);
    expect(rules.routeTables?.filter((each) => each.vpcId === vpcId && each.isMain)).toHaveLength(1);
    const [subnet] = rules.subnets?.filter(({ id }) => id === subnetId) ?? [];
    expect(subnet?.blocks.length).toBeGreaterThan(0);
  });
}

function describeFlowLogs(open: Open): void {
  it('creates a flow log as it was wanted, and describes it', async () => {
    const { site, subnetId } = await givenBucket(open);
    await site.flowLogs.mayCreate(wanted([subnetId]), signal);
    const { ids, unsuccessful } = await site.flowLogs.create(wanted([subnetId]), 't-1', signal);
    expect(unsuccessful).toEqual([]);
    expect(ids).toEqual([expect.stringMatching(/^fl-[0-9a-f]{17}$/)]);
    const [found, ...more] = await site.flowLogs.describe({ ids }, signal);
    expect(more).toEqual([]);
    const { resourceIds: _ids, ...same } = wanted([subnetId]);
    expect(found).toMatchObject({ ...same, id: ids[0], resourceId: subnetId });
    expect(found?.createdAt).toBeInstanceOf(Date);
    expect(['succeeding', 'pending']).toContain(found?.delivery.status);
  });

  it('writes the default format where none is wanted', async () => {
    const { site, subnetId } = await givenBucket(open);
    const { ids } = await site.flowLogs.create({ ...wanted([subnetId]), fields: undefined }, 't-1', signal);
    expect((await site.flowLogs.describe({ ids }, signal))[0]?.fields).toEqual(DEFAULT_FORMAT);
  });

  it('creates once for one token, however often and at once it is sent', async () => {
    const { site, subnetId } = await givenBucket(open);
    const create = () => site.flowLogs.create(wanted([subnetId]), 't-1', signal);
    const created = await Promise.all([create(), create(), create()]);
    const again = await create();
    expect(new Set([...created, again].flatMap(({ ids }) => ids)).size).toBe(1);
    expect(await site.flowLogs.describe({ resourceIds: [subnetId] }, signal)).toHaveLength(1);
  });

  it('creates one for each resource', async () => {
    const { site, subnetId, interfaceId } = await givenBucket(open);
    const { ids } = await site.flowLogs.create(wanted([subnetId, interfaceId]), 't-1', signal);
    const again = await site.flowLogs.create(wanted([subnetId, interfaceId]), 't-1', signal);
    expect(again.ids).toEqual(ids);
    const found = await site.flowLogs.describe({ ids }, signal);
    expect(found.map(({ resourceId }) => resourceId).toSorted()).toEqual([subnetId, interfaceId].toSorted());
  });

  it('describes by id, resource and tag; every condition must hold, and what is not there is left out', async () => {
    const { site, subnetId, interfaceId } = await givenBucket(open);
    const { describe: find, create } = site.flowLogs;
    const [one = ''] = (await create(wanted([subnetId]), 't-1', signal)).ids;
    const [other = ''] = (
      await create({ ...wanted([interfaceId], 'b'), tags: { incident: '1' } }, 't-2', signal)
    ).ids;
    const ids = async (filter: Parameters<typeof find>[0]) =>
      (await find(filter, signal)).map(({ id }) => id);
    const tag = { key: 'incident', value: '4711' };
    expect(await ids({ ids: [other, one, 'fl-0a1b2c3d4e5f60718'] })).toEqual([one, other]);
    expect(await ids({ resourceIds: [interfaceId] })).toEqual([other]);
    expect(await ids({ tag })).toEqual([one]);
    expect(await ids({ tag, resourceIds: [interfaceId] })).toEqual([]);
    expect((await ids({})).slice(-2)).toEqual([one, other]);
  });

  it('reports what it did not do along with what it did: the same again, no bucket, no policy', async () => {
    const { site, subnetId } = await givenBucket(open);
    await site.flowLogs.create(wanted([subnetId]), 't-1', signal);
    const same = await site.flowLogs.create(wanted([subnetId]), 't-2', signal);
    expect(same.ids).toEqual([]);
    expect(same.unsuccessful).toMatchObject([{ id: subnetId, code: 'FlowLogAlreadyExists' }]);
    await site.buckets.create('closed', signal);
    const to = (bucket: string): WantedFlowLog => {
      const { destination, ...rest } = wanted([subnetId]);
      return { ...rest, destination: { ...destination, bucket } as WantedFlowLog['destination'] };
    };
    const closed = await site.flowLogs.create(to('closed'), 't-3', signal);
    expect(closed.unsuccessful[0]?.message).toMatch(/access denied/i);
    const missing = await site.flowLogs.create(to('nowhere'), 't-4', signal);
    expect(missing.unsuccessful[0]?.message).toMatch(/does not exist/i);
  });

  it('deletes once, and says what was not there', async () => {
    const { site, subnetId } = await givenBucket(open);
    const { ids } = await site.flowLogs.create(wanted([subnetId]), 't-1', signal);
    expect(await site.flowLogs.delete(ids, signal)).toEqual([]);
    expect(await site.flowLogs.describe({ ids }, signal)).toEqual([]);
    expect(await site.flowLogs.delete(ids, signal)).toMatchObject([
      { id: ids[0], code: expect.stringContaining('NotFound') },
    ]);
  });
}

function describeBuckets(open: Open): void {
  it('makes a private bucket in its region, and leaves one that is there as it is', async () => {
    const { site } = await givenBucket(open);
    const { buckets, region } = site;
    expect(await buckets.find('no-such-bucket', signal)).toBeUndefined();
    await buckets.create('my-logs', signal);
    expect(await buckets.find('my-logs', signal)).toMatchObject({
      name: 'my-logs',
      region,
      ours: true,
      publicAccessBlocked: true,
      expiryDays: undefined,
    });
    expect(JSON.parse((await buckets.policy('my-logs', signal)) ?? '{}')).toEqual(JSON.parse(POLICY));
  });

  it('has no policy until one is put, and lets files expire under a prefix', async () => {
    const opened = await open();
    const { buckets } = await siteOf(opened);
    await buckets.create('new-logs', signal);
    expect(await buckets.policy('new-logs', signal)).toBeUndefined();
    await buckets.putExpiry('new-logs', 'a/AWSLogs/', 30, signal);
    expect((await buckets.find('new-logs', signal))?.expiryDays).toBe(30);
  });

  it('fails in its own words for a bucket and an object that are not there', async () => {
    const { site } = await givenBucket(open);
    await expect(site.buckets.policy('nowhere', signal)).rejects.toThrow(CloudError);
    await expect(site.buckets.putPolicy('nowhere', POLICY, signal)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(site.buckets.head('my-logs', 'a/nothing', 9, signal)).rejects.toMatchObject({
      code: 'not-found',
    });
  });
}

function describeObjects(open: Open): void {
  const KEYS = ['a/b/1.txt', 'a/b/2.txt', 'a/c/3.txt', 'a/c/d/4.txt', 'z.txt'];

  async function givenObjects() {
    const opened = await givenBucket(open);
    for (const key of KEYS.toReversed()) await opened.put('my-logs', key, Buffer.from(`of ${key}`));
    return opened.site.buckets;
  }

  async function all<T>(pages: AsyncIterable<readonly T[]>): Promise<readonly T[]> {
    const found: T[] = [];
    for await (const page of pages) found.push(...page);
    return found;
  }

  const keys = (objects: readonly Pick<StoredObject, 'key'>[]) => objects.map(({ key }) => key);

  it('shows one level as a folder', async () => {
    const buckets = await givenObjects();
    const { objects, prefixes } = await buckets.folder('my-logs', 'a/c/', signal);
    expect(objects).toMatchObject([{ key: 'a/c/3.txt', bytes: 12 }]);
    expect(objects[0]?.modifiedAt).toBeInstanceOf(Date);
    expect(prefixes).toEqual(['a/c/d/']);
    expect((await buckets.folder('my-logs', '', signal)).prefixes).toEqual(['a/']);
    expect(await buckets.folder('my-logs', 'nothing/', signal)).toEqual({ objects: [], prefixes: [] });
  });

  it('lists everything under a prefix, and every version of it', async () => {
    const buckets = await givenObjects();
    expect(keys(await all(buckets.pages('my-logs', 'a/', signal)))).toEqual(KEYS.slice(0, 4));
    expect(keys(await all(buckets.pages('my-logs', 'a/c/', signal)))).toEqual(KEYS.slice(2, 4));
    expect(await all(buckets.pages('my-logs', 'nothing/', signal))).toEqual([]);
    expect(keys(await all(buckets.versions('my-logs', 'a/b/', signal)))).toEqual(KEYS.slice(0, 2));
  });

  it('reads the first bytes of an object', async () => {
    const buckets = await givenObjects();
    const head = async (bytes: number) =>
      Buffer.from(await buckets.head('my-logs', 'z.txt', bytes, signal)).toString();
    expect(await head(4)).toBe('of z');
    expect(await head(999)).toBe('of z.txt');
  });

  it('reads any bytes of an object, as long as it is the one that was listed', async () => {
    const buckets = await givenObjects();
    const [listed] = (await buckets.folder('my-logs', '', signal)).objects.filter(
      ({ key }) => key === 'z.txt',
    );
    const read = async (range: ByteRange) => {
      const parts: Uint8Array[] = [];
      for await (const part of await buckets.body('my-logs', 'z.txt', range, signal)) parts.push(part);
      return Buffer.concat(parts).toString();
    };
    expect(await read({ fromByte: 0 })).toBe('of z.txt');
    expect(await read({ fromByte: 3 })).toBe('z.txt');
    expect(await read({ fromByte: 0, toByte: 2 })).toBe('of');
    expect(await read({ fromByte: 3, toByte: 5, unchangedSince: listed?.modifiedAt })).toBe('z.');
    await expect(read({ fromByte: 3, unchangedSince: new Date('2020-01-01') })).rejects.toMatchObject({
      fault: 'PreconditionFailed',
    });
    await expect(buckets.body('my-logs', 'a/nothing', { fromByte: 0 }, signal)).rejects.toMatchObject({
      code: 'not-found',
      fault: 'NoSuchKey',
    });
  });

  it('deletes permanently, and ignores what is deleted already', async () => {
    const buckets = await givenObjects();
    const versions = await all(buckets.versions('my-logs', 'a/b/', signal));
    expect(await buckets.delete('my-logs', versions, signal)).toEqual([]);
    expect(await buckets.delete('my-logs', versions, signal)).toEqual([]);
    expect(await buckets.delete('my-logs', [], signal)).toEqual([]);
    expect(keys(await all(buckets.pages('my-logs', 'a/', signal)))).toEqual(KEYS.slice(2, 4));
  });
}

const SPEC: TableSpec = {
  database: 'flowlog',
  name: 'fl_1',
  columns: [
    { name: 'version', type: 'int' },
    { name: 'end', type: 'bigint' },
  ],
  partitionKeys: [
    { name: 'p_account', type: 'string' },
    { name: 'p_day', type: 'string' },
  ],
  format: 'text',
  location: 's3://my-logs/AWSLogs/123456789012/vpcflowlogs/us-east-1/',
  properties: { 'managed-by': 'flowlog', 'skip.header.line.count': '1' },
};

function describeTables(open: Open): void {
  it('makes workgroup and database, once', async () => {
    const { tables } = (await open()).cloud;
    const made = { name: 'flowlog', resultLocation: 's3://results/', scanLimitBytes: 10_000_000 };
    expect(await tables.workgroup('flowlog', signal)).toBeUndefined();
    await tables.createWorkgroup(made, signal);
    await tables.createWorkgroup({ ...made, resultLocation: 's3://others/' }, signal);
    expect(await tables.workgroup('flowlog', signal)).toEqual({ ...made, enforced: true });
    expect(await tables.hasDatabase('flowlog', signal)).toBe(false);
    await tables.createDatabase('flowlog', signal);
    await tables.createDatabase('flowlog', signal);
    expect(await tables.hasDatabase('flowlog', signal)).toBe(true);
  });

  it('makes a table as it was wanted, leaves one that is there, and drops it', async () => {
    const { tables } = (await open()).cloud;
    await tables.createDatabase('flowlog', signal);
    expect(await tables.table('flowlog', 'fl_1', signal)).toBeUndefined();
    await Promise.all([tables.createTable(SPEC, signal), tables.createTable(SPEC, signal)]);
    await tables.createTable({ ...SPEC, columns: [] }, signal);
    const { properties, ...rest } = SPEC;
    const stored = await tables.table('flowlog', 'fl_1', signal);
    expect(stored).toMatchObject(rest);
    expect(stored?.properties).toMatchObject(properties);
    const { columns, partitionKeys } = SPEC;
    const address = { database: 'flowlog', name: 'fl_1' };
    expect(await tables.schema(address, signal)).toEqual({ columns, partitionKeys });
    await tables.dropTable('flowlog', 'fl_1', signal);
    await tables.dropTable('flowlog', 'fl_1', signal);
    expect(await tables.table('flowlog', 'fl_1', signal)).toBeUndefined();
    expect(await tables.schema(address, signal)).toBeUndefined();
  });

  it('adds partitions that are not there, to a table that is', async () => {
    const { tables } = (await open()).cloud;
    await tables.createDatabase('flowlog', signal);
    const partition = (day: string) => ({
      values: ['123456789012', `2026/11/${day}`],
      location: `${SPEC.location}2026/11/${day}/`,
    });
    await expect(tables.addPartitions(SPEC, [partition('20')], signal)).rejects.toThrow(CloudError);
    await tables.createTable(SPEC, signal);
    expect(await tables.partitions('flowlog', 'fl_1', signal)).toEqual([]);
    await tables.addPartitions(SPEC, [partition('20'), partition('21')], signal);
    await tables.addPartitions(SPEC, [partition('21'), partition('22')], signal);
    const found = await tables.partitions('flowlog', 'fl_1', signal);
    expect(found.toSorted((a, b) => a.location.localeCompare(b.location))).toEqual(
      ['20', '21', '22'].map(partition),
    );
  });
}
