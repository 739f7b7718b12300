import { describe, expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { createAsk } from '../../src/core/answer/ask.ts';
import { DEFAULT_PRICES } from '../../src/core/answer/cost.ts';
import { totalNames } from '../../src/core/answer/statement.ts';
import { createCloudSources } from '../../src/core/lake/cloud-sources.ts';
import { createNameBook } from '../../src/core/lake/name-book.ts';
import { createSourceBook } from '../../src/core/lake/source-book.ts';
import { readRequest } from '../../src/core/operation/request.ts';
import { COVERAGE_COLUMNS } from '../../src/core/query/coverage-columns.ts';
import type { Question } from '../../src/core/query/question.ts';
import { ec2, ec2Fault, script } from '../fakes/aws/answers.ts';
import type { AwsAnswer } from '../fakes/aws/fake-aws.ts';
import { FIELDS } from '../support/a-source.ts';
import { afterNoon } from '../support/flow.ts';
import { givenAws } from './given-aws.ts';

const now = () => afterNoon(3_600);
const DAY_SECONDS = 86_400;
const TABLE_FIELDS = [
  ...FIELDS,
  ...['srcport', 'dstport', 'protocol', 'packets', 'bytes', 'interface-id', 'pkt-srcaddr', 'pkt-dstaddr'],
  ...['flow-direction', 'tcp-flags'],
];

/** A flow log as EC2 describes it. */
const FLOW_LOG = {
  ...{ flowLogId: 'fl-0a', resourceId: 'vpc-0a', trafficType: 'ALL', deliverLogsStatus: 'SUCCESS' },
  logFormat: TABLE_FIELDS.map((field) => `\${${field}}`).join(' '),
  ...{ logDestinationType: 's3', logDestination: 'arn:aws:s3:::logs' },
  ...{ maxAggregationInterval: 60, creationTime: '2026-01-01T00:00:00.000Z' },
};

/** Interfaces as EC2 describes them. */
const WEB = {
  ...{ networkInterfaceId: 'eni-0a', vpcId: 'vpc-0a', subnetId: 'subnet-0a', interfaceType: 'interface' },
  ...{ privateIpAddress: '10.0.1.5', tagSet: [{ key: 'Name', value: 'web-1' }] },
};
const BALANCER = {
  ...{ networkInterfaceId: 'eni-0b', vpcId: 'vpc-0a', subnetId: 'subnet-0a', requesterId: 'amazon-elb' },
  ...{ privateIpAddress: '10.0.1.6', description: 'ELB app/shop/0a1b2c3d4e5f6071' },
};
const APP = {
  ...{ networkInterfaceId: 'eni-0d', vpcId: 'vpc-0a', subnetId: 'subnet-0a', description: '' },
  ...{ privateIpAddress: '10.0.1.6', attachment: { instanceId: 'i-0d' } },
};
const DATABASE = {
  ...{ networkInterfaceId: 'eni-0c', vpcId: 'vpc-0a', subnetId: 'subnet-0a', description: '' },
  ...{ privateIpAddress: '10.0.1.7', tagSet: [{ key: 'Name', value: 'db-1' }] },
  attachment: { instanceId: 'i-0c', attachTime: '2026-03-05T12:40:00.000Z' },
};

/** An account with one flow log, whose records are all of one row, and how questions are asked there. */
async function given(
  interfaces: readonly AwsAnswer[],
  patience: 'long' | 'none' = 'long',
  tags = [ec2({ tagSet: [] })],
) {
  const { aws, cloud } = await givenAws(
    script({
      DescribeFlowLogs: [ec2({ flowLogSet: [FLOW_LOG] })],
      DescribeVpcs: [ec2({ vpcSet: [{ vpcId: 'vpc-0a' }] })],
      DescribeNetworkInterfaces: interfaces,
      DescribeTags: tags,
    }),
  );
  const book = createSourceBook({ cloud, configured: [], now });
  const slot = { fromSeconds: now().getTime() / 1000 - 300, toSeconds: now().getTime() / 1000 };
  const sources = createCloudSources({
    cloud,
    book,
    read: async () => ({
      source: { name: 'fl-0a', region: 'eu-central-1', fields: TABLE_FIELDS },
      tables: [{ name: 'records', fields: TABLE_FIELDS }],
      objects: [{ key: 'a.log.gz', bytes: 1_000, slot }],
      ...{ unread: [], notes: [], storedRange: slot },
    }),
  });
  const names = createNameBook({
    cloud,
    now,
    pause: () => (patience === 'none' ? Promise.resolve() : new Promise(() => {})),
  });
  return {
    aws,
    async ask(line: string) {
      const context = { catalog, now: now(), zone: 'UTC', longestWindowSeconds: DAY_SECONDS };
      const question = readRequest(line, context);
      if (!('query' in question)) throw new RangeError(`${line} is no question`);
      const engine = { name: 'athena', bills: true, run: oneRow(question) } as const;
      const parts = {
        sources,
        engine,
        names,
        prices: DEFAULT_PRICES,
        longestWindowSeconds: DAY_SECONDS,
        now,
      };
      return createAsk(parts)(question, { signal: new AbortController().signal });
    },
    /** The calls for interfaces: of whole regions, and of the addresses that questions are about. */
    calls() {
      const made = aws.calls.filter(({ action }) => action === 'DescribeNetworkInterfaces');
      const listings = made.filter(({ params }) => params['Filter.1.Name'] === undefined);
      const named = aws.calls.filter(({ action }) => action === 'DescribeTags');
      return { listings: listings.length, others: made.length - listings.length, tags: named.length };
    },
  };
}

const NOTHING_MORE = { scannedBytes: 1, filesRead: 1, elapsedMs: 1, reused: false, unreadableLines: 0 };

/** An engine that finds one row, whose addresses and interfaces are those of the load balancer and the database. */
function oneRow({ query }: Question): Parameters<typeof createAsk>[0]['engine']['run'] {
  return async (_, take) => {
    const texts = { address: ['10.0.1.6', '10.0.1.7'], interface: ['eni-0b', 'eni-0a'] };
    const used = { address: 0, interface: 0 };
    const cells = Object.values(query.columns).map(({ kind, numeric }) => {
      if (kind !== 'address' && kind !== 'interface')
        return numeric ? 1 : kind === 'moment' ? 1_772_712_000 : null;
      used[kind] += 1;
      return texts[kind][(used[kind] - 1) % 2] ?? null;
    });
    const totals = totalNames(query).map(() => 1);
    const columns = [...COVERAGE_COLUMNS, ...totalNames(query), ...Object.keys(query.columns)];
    const end = 1_772_712_000;
    // The first row is that of coverage.
    const counted = [1, 0, null, 0, 0, end, null, ...totals, ...cells.map(() => null)];
    const found = [null, null, null, null, null, end, null, ...totals, ...cells];
    await take({ columns, rows: [counted, found] });
    return { ...NOTHING_MORE, id: 'q-1', unread: [] };
  };
}

const ALL = [ec2({ networkInterfaceSet: [WEB, BALANCER, DATABASE] })];

const TEN = [
  ...['top-talkers last 30m', 'rejected last 30m', 'records last 30m', 'timeline last 30m'],
  ...['to 10.0.1.5 last 30m', 'from 10.0.1.5 last 30m', 'ports 10.0.1.5 last 30m'],
  ...['traffic 10.0.0.0/16 last 30m', 'records port=443 last 30m', 'to 203.0.113.9 last 30m'],
];

describe('names out of EC2', () => {
  it('cost a call for interfaces and one for tags in ten questions, and those for the addresses that are asked about', async () => {
    const { ask, calls } = await given(ALL);
    for (const line of TEN) await ask(line);
    // Four questions are about one address each, which is looked up among private and among public ones.
    expect(calls()).toEqual({ listings: 1, others: 8, tags: 1 });
  });

  it('cost one call for each thousand interfaces of the region, and ask for pages of a thousand', async () => {
    const { aws, ask, calls } = await given([
      ec2({ networkInterfaceSet: [WEB, BALANCER], nextToken: 'more' }),
      ec2({ networkInterfaceSet: [DATABASE] }),
    ]);
    const { names } = await ask('top-talkers last 30m');
    expect([...names.keys()]).toContain('10.0.1.7');
    expect(calls()).toEqual({ listings: 2, others: 0, tags: 1 });
    const sizes = aws.calls
      .filter(({ action }) => action === 'DescribeNetworkInterfaces')
      .flatMap(({ params }) => params.MaxResults ?? []);
    expect(sizes).toEqual(['1000', '1000']);
  });

  it('are of services and of tags, and marked where the interface was attached in the window', async () => {
    const { ask } = await given(ALL);
    const { names, headline } = await ask('top-talkers last 30m');
    expect(names.get('10.0.1.6')).toMatchObject({ name: 'load balancer shop', since: undefined });
    expect(names.get('10.0.1.7')).toMatchObject({ name: 'db-1', since: afterNoon(40 * 60) });
    expect(headline).toContain('load balancer shop (10.0.1.6)');
    expect(headline).toContain('10.0.1.7 (now db-1, since 12:40)');
  });

  it('are those of instances, whose tags are on every page', async () => {
    const tags = [
      ec2({ tagSet: [], nextToken: 'more' }),
      ec2({ tagSet: [{ resourceId: 'i-0d', resourceType: 'instance', key: 'Name', value: 'app-1' }] }),
    ];
    const { aws, ask } = await given([ec2({ networkInterfaceSet: [APP] })], 'long', tags);
    expect((await ask('top-talkers last 30m')).names.get('10.0.1.6')?.name).toBe('app-1');
    const [call] = aws.calls.filter(({ action }) => action === 'DescribeTags');
    expect(call?.params).toMatchObject({
      'Filter.1.Name': 'key',
      'Filter.1.Value.1': 'Name',
      'Filter.2.Name': 'resource-type',
      'Filter.2.Value.1': 'instance',
      'Filter.2.Value.2': 'network-interface',
      MaxResults: '1000',
    });
  });

  it('are absent where EC2 may not be asked, and the answer is the same without them', async () => {
    const denied = await given([ec2Fault('UnauthorizedOperation', 'You are not authorized', 403)]);
    const known = await given(ALL);
    const [without, withNames] = [
      await denied.ask('top-talkers last 30m'),
      await known.ask('top-talkers last 30m'),
    ];
    expect(without.names.size).toBe(0);
    expect(without.rows).toEqual(withNames.rows);
    expect(without.finding).toEqual(withNames.finding);
    await denied.ask('rejected last 30m');
    expect(denied.calls().listings).toBe(1);
  });

  it('are not waited for by an answer that is there before them', async () => {
    const { ask } = await given(ALL, 'none');
    expect((await ask('top-talkers last 30m')).rows).toHaveLength(1);
  });

  it('are not asked for by a line that does not want them', async () => {
    const { ask, calls } = await given(ALL);
    expect((await ask('top-talkers names=off last 30m')).names.size).toBe(0);
    expect(calls()).toEqual({ listings: 0, others: 0, tags: 0 });
  });
});
