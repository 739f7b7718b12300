import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import type { Cloud } from '../../../src/core/lake/cloud.ts';
import { createCloudSources } from '../../../src/core/lake/cloud-sources.ts';
import type { S3Source } from '../../../src/core/lake/log-source.ts';
import type { Scan } from '../../../src/core/lake/scan.ts';
import { createSourceBook } from '../../../src/core/lake/source-book.ts';
import type { ScanTarget } from '../../../src/core/lake/sources.ts';
import { parseAddress } from '../../../src/core/line/read-address.ts';
import { createSampleCloud } from '../../../src/playground/aws/cloud/sample-cloud.ts';
import { createStateFile } from '../../../src/playground/aws/cloud/sample-state.ts';
import { aSource } from '../../support/a-source.ts';
import { BUILT_IN, newId } from '../../support/given-sample.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { inOther, OTHER, twoSites } from '../../support/two-sites.ts';
import { type Faults, fault, withFault } from '../../support/with-fault.ts';

const { signal } = new AbortController();
const WINDOW = { from: new Date('2026-11-24T08:00:00Z'), to: new Date('2026-11-24T09:00:00Z') };

/** A book over two sites, how often they were asked, and a clock. */
async function givenBook(faults: Faults = {}, configured: readonly S3Source[] = []) {
  let nowMs = Date.parse('2026-11-24T09:30:00Z');
  const now = () => new Date(nowMs);
  const asked: string[] = [];
  const folder = await tempFolder('book');
  const sample = createSampleCloud({ folder, state: createStateFile(folder), now, newId });
  const counting: Cloud = withFault(twoSites(sample, sample), {
    flowLogs: (real, { region }) => ({
      async describe(filter, each) {
        asked.push(region);
        return real.describe(filter, each);
      },
    }),
  });
  const cloud = withFault(counting, faults);
  const book = createSourceBook({ cloud, configured, now });
  const pass = (minutes: number) => {
    nowMs += minutes * 60_000;
  };
  return { cloud, book, asked, pass };
}

describe('the book of sources', () => {
  it('asks every region of every account, and remembers for five minutes', async () => {
    const { book, asked, pass } = await givenBook();
    const names = async () => (await book.found(signal)).sources.map(({ name }) => name);
    expect(await names()).toEqual([BUILT_IN, inOther(BUILT_IN)]);
    pass(4.9);
    expect(await names()).toHaveLength(2);
    expect(asked).toHaveLength(2);
    pass(0.2);
    await names();
    expect(asked).toHaveLength(4);
  });

  it('is asked anew on request, also while an older lookup is under way', async () => {
    const { book, asked } = await givenBook();
    await Promise.all([book.found(signal), book.found(signal)]);
    expect(asked).toHaveLength(2);
    await book.found(signal, { fresh: true });
    expect(asked).toHaveLength(4);
    await Promise.all([book.found(signal, { fresh: true }), book.found(signal, { fresh: true })]);
    expect(asked).toHaveLength(8);
  });

  it('continues a lookup for other callers when one of them is stopped', async () => {
    const { book, asked } = await givenBook();
    const stopping = new AbortController();
    const stopped = book.found(stopping.signal);
    const other = book.found(signal);
    stopping.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    expect((await other).sources).toHaveLength(2);
    expect(asked).toHaveLength(2);
  });

  it('names regions that did not answer, keeps what the others said, and asks again later', async () => {
    let broken = true;
    const { book } = await givenBook({
      flowLogs: (real, { region }) => ({
        async describe(filter, each) {
          if (broken && region === OTHER.region)
            throw fault('expired', 'ec2:DescribeFlowLogs', 'The token has expired');
          return real.describe(filter, each);
        },
      }),
    });
    const found = await book.found(signal);
    expect(found.sources.map(({ name }) => name)).toEqual([BUILT_IN]);
    expect(found.problems).toEqual([
      'eu-central-1 of 210987654321 did not answer ec2:DescribeFlowLogs: The token has expired',
    ]);
    broken = false;
    expect((await book.found(signal, { fresh: true })).problems).toEqual([]);
  });

  it('names sources that cannot be asked, and lists a flow log whose network is deleted', async () => {
    const { book } = await givenBook({
      network: () => ({ resource: async () => undefined }),
      flowLogs: (real) => ({
        async describe(filter, each) {
          const [first, ...more] = await real.describe(filter, each);
          if (first === undefined) return more;
          const firehose = { kind: 'firehose', arn: 'arn:aws:firehose:x' } as const;
          const logGroup = { kind: 'cloud-watch-logs', logGroup: '/vpc' } as const;
          return [
            first,
            { ...first, id: 'fl-1', destination: firehose },
            { ...first, id: 'fl-2', resourceId: 'tgw-1' },
            { ...first, id: 'fl-3', destination: logGroup },
          ];
        },
      }),
    });
    const found = await book.found(signal);
    expect(found.sources.map(({ resource }) => resource)).toEqual([undefined, undefined]);
    expect(found.logGroups.map(({ name, place }) => `${name} ${place.logGroup}`)).toContain('fl-3 /vpc');
    expect([...new Set(found.others)].toSorted()).toEqual([
      'fl-1 delivers to Data Firehose (arn:aws:firehose:x), which flowlog does not read',
      'fl-2 records tgw-1, a gateway, whose flow logs flowlog does not read',
    ]);
  });

  it('puts what is configured in the place of what was found there', async () => {
    const files = {
      kind: 's3',
      bucket: 'sample-flow-logs',
      prefix: '',
      files: { format: 'text', hive: false, hourly: false },
    } as const;
    const { book } = await givenBook({}, [
      { ...aSource('prod'), place: files, flowLog: undefined },
      aSource('archive'),
    ]);
    expect((await book.found(signal)).sources.map(({ name }) => name)).toEqual([
      'prod',
      'archive',
      inOther(BUILT_IN),
    ]);
  });

  it('puts a source that is called by the id of a flow log in the place of that one alone', async () => {
    const files = {
      kind: 's3',
      bucket: 'sample-flow-logs',
      prefix: '',
      files: { format: 'text', hive: false, hourly: false },
    } as const;
    const one = { ...aSource(BUILT_IN), files, flowLog: undefined };
    const { book } = await givenBook({}, [one, { ...one, name: 'fl-0a1b2c3d4e5f60718' }]);
    const { sources } = await book.found(signal);
    expect(sources.map(({ name, flowLog }) => [name, flowLog?.id])).toEqual([
      [BUILT_IN, undefined],
      ['fl-0a1b2c3d4e5f60718', undefined],
      [inOther(BUILT_IN), inOther(BUILT_IN)],
    ]);
    const others = (await givenBook({}, [{ ...one, name: 'fl-0a1b2c3d4e5f60718' }])).book;
    expect((await others.found(signal)).sources.map(({ name }) => name)).toContain(BUILT_IN);
  });
});

it('the book of sources is refreshed before an error says that there is no flow log', async () => {
  const { cloud, book, asked } = await givenBook();
  await book.found(signal);
  const sources = createCloudSources({
    cloud,
    book,
    read: () => Promise.reject(new Error('nothing is read')),
  });
  const wanted = { window: WINDOW, scope: { in: 'fl-new' }, addresses: [], eni: undefined };
  await expect(sources.scanFor(wanted, signal)).rejects.toThrow('No flow log is in `in=fl-new`.');
  expect(asked).toHaveLength(4);
});

describe('what a question reads', () => {
  const address = (text: string) => {
    const reading = parseAddress(text);
    if (!('value' in reading)) throw new RangeError(text);
    return reading.value;
  };

  async function scanned(change: Partial<ScanTarget>, faults: Faults = {}) {
    const { cloud, book } = await givenBook(faults);
    const read: string[] = [];
    const sources = createCloudSources({
      cloud,
      book,
      async read({ sources: chosen }): Promise<Scan> {
        read.push(...chosen.map(({ name }) => name));
        const source = { name: 'x', region: 'us-east-1', fields: [] };
        return { source, tables: [], objects: [], unread: [], notes: ['own'], storedRange: undefined };
      },
    });
    const scan = await sources.scanFor(
      { window: WINDOW, scope: {}, addresses: [], eni: undefined, ...change },
      signal,
    );
    return { read, notes: scan.notes };
  }

  it('is chosen by the interface that carries its address, or that it names', async () => {
    const twice = [BUILT_IN, inOther(BUILT_IN)];
    expect((await scanned({})).read).toEqual(twice);
    expect((await scanned({ eni: 'eni-0f10f10f10f10f001' })).read).toEqual([BUILT_IN]);
    expect((await scanned({ addresses: [address('10.0.0.0/8')] })).read).toEqual(twice);
    expect((await scanned({ addresses: [address('198.51.100.1')] })).read).toEqual(twice);
    expect((await scanned({ scope: { region: OTHER.region } })).read).toEqual([inOther(BUILT_IN)]);
  });

  it('is everything where interfaces may not be listed', async () => {
    const interfaces = async () => {
      throw fault('denied', 'ec2:DescribeNetworkInterfaces');
    };
    const { read } = await scanned({ eni: 'eni-0f10f10f10f10f001' }, { network: () => ({ interfaces }) });
    expect(read).toHaveLength(2);
  });

  it('carries what may be missing', async () => {
    const describe = async () => {
      throw fault('throttled', 'ec2:DescribeFlowLogs', 'slow down');
    };
    const { notes } = await scanned(
      {},
      { flowLogs: (_, { region }) => (region === OTHER.region ? { describe } : {}) },
    );
    expect(notes).toEqual([
      'eu-central-1 of 210987654321 did not answer ec2:DescribeFlowLogs: slow down',
      'own',
    ]);
  });

  it('is nothing, and the error says whether there is none, none in that scope, or no region answered', async () => {
    const none = { flowLogs: () => ({ describe: async () => [] }) };
    await expect(scanned({}, none)).rejects.toThrow(
      'There is no flow log here that delivers to S3 or CloudWatch Logs.',
    );
    const error = await scanned({ scope: { in: 'prod', vpc: 'vpc-1' } }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message: 'No flow log is in `in=prod vpc=vpc-1`.',
      hint: `There are \`${BUILT_IN}\`, \`${inOther(BUILT_IN)}\`: \`sources\` lists them.`,
    });
    const describe = async () => {
      throw fault('expired', 'ec2:DescribeFlowLogs', 'The token has expired');
    };
    await expect(scanned({}, { flowLogs: () => ({ describe }) })).rejects.toMatchObject({
      code: 'expired',
      call: 'ec2:DescribeFlowLogs',
    });
  });
});
