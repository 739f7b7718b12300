import { describe, expect, it } from 'vitest';
import { type Cloud, CloudError } from '../../../src/core/lake/cloud.ts';
import { createNameBook, type NameBookParts } from '../../../src/core/lake/name-book.ts';
import type { NameHistory } from '../../../src/core/lake/name-history.ts';
import { spansOf } from '../../../src/core/lake/names.ts';
import type { NetworkInterface, PlacedSubnet } from '../../../src/core/lake/network.ts';
import type { FlowLogRead } from '../../../src/core/lake/scan.ts';
import { anInterface } from '../../support/an-interface.ts';
import { givenSample } from '../../support/given-sample.ts';

const WINDOW = { from: new Date('2026-03-05T13:00:00Z'), to: new Date('2026-03-05T14:00:00Z') };
const SITE = { account: '111111111111', region: 'eu-central-1' };
const FLOW_LOG: FlowLogRead = { name: 'fl-1', eni: undefined, site: { ...SITE, vpcId: 'vpc-1' } };
const DB = anInterface({ name: 'db-1' });

type List = (signal: AbortSignal) => Promise<readonly NetworkInterface[]>;

/** A book over one region that lists its interfaces in this way; a clock and a wait that the test moves. */
async function given(
  list: List,
  parts: Partial<NameBookParts> = {},
  instanceNames: () => Promise<ReadonlyMap<string, string>> = async () => new Map(),
  subnets: () => Promise<readonly PlacedSubnet[]> = async () => [],
) {
  const { cloud: sample } = await givenSample();
  let asked = 0;
  let nowMs = WINDOW.to.getTime();
  const waits: { readonly ms: number; readonly end: () => void }[] = [];
  const cloud: Cloud = {
    ...sample,
    sites: async (signal) =>
      (await sample.sites(signal)).map((site) => ({
        ...site,
        ...SITE,
        network: {
          ...site.network,
          subnets,
          nameTags: async () => [...(await instanceNames())].map(([id, name]) => ({ id, name })),
          interfaces: (_, stopped) => {
            asked += 1;
            return list(stopped);
          },
        },
      })),
  };
  const book = createNameBook({
    cloud,
    now: () => new Date(nowMs),
    pause: (milliseconds) => new Promise((end) => waits.push({ ms: milliseconds, end })),
    ...parts,
  });
  const names = async (flowLogs = [FLOW_LOG], wanted = ['10.0.1.5']) =>
    Object.fromEntries(await book.lookUp({ flowLogs }).namesOf(wanted, WINDOW));
  return {
    book,
    names,
    waits,
    calls: () => asked,
    pass: (minutes: number) => {
      nowMs += minutes * 60_000;
    },
  };
}

const DENIED = new CloudError('denied', {
  call: 'ec2:DescribeNetworkInterfaces',
  fault: 'UnauthorizedOperation',
  message: 'no',
});

const DB_NAME = { '10.0.1.5': { name: 'db-1', from: 'EC2', since: undefined } };

describe('names', () => {
  it('are listed once for many questions, and anew after some minutes', async () => {
    const { names, calls, pass } = await given(async () => [DB]);
    for (let question = 0; question < 10; question += 1) expect(await names()).toEqual(DB_NAME);
    expect(calls()).toBe(1);
    pass(6);
    await names();
    expect(calls()).toBe(2);
  });

  it('are listed once for questions at once, and once for several flow logs of a region', async () => {
    const { names, calls } = await given(async () => [DB]);
    await Promise.all([names(), names(), names([FLOW_LOG, { ...FLOW_LOG, name: 'fl-2' }])]);
    expect(calls()).toBe(1);
  });

  it('are looked up from the time that it is known what is read, before what is named is', async () => {
    const { book, calls } = await given(async () => [DB]);
    const lookup = book.lookUp({ flowLogs: [FLOW_LOG] });
    await Promise.resolve();
    await new Promise(setImmediate);
    expect(calls()).toBe(1);
    expect([...(await lookup.namesOf(['10.0.1.5'], WINDOW)).keys()]).toEqual(['10.0.1.5']);
  });

  it('are those of what is shown alone', async () => {
    const { names } = await given(async () => [
      DB,
      anInterface({ id: 'eni-2', name: 'x', addresses: ['10.0.1.6'] }),
    ]);
    expect(await names([FLOW_LOG], ['10.0.1.6', '10.0.1.7'])).toMatchObject({ '10.0.1.6': { name: 'x' } });
    expect(Object.keys(await names([FLOW_LOG], ['10.0.1.6', '10.0.1.7']))).toEqual(['10.0.1.6']);
  });

  it('that take longer than an answer waits are left out, and are there for the next question', async () => {
    let answer = (_: readonly NetworkInterface[]) => {};
    const { names, waits, calls } = await given(() => new Promise((resolve) => (answer = resolve)), {
      patienceMs: 700,
    });
    const first = names();
    await new Promise(setImmediate);
    expect(waits.map(({ ms }) => ms)).toEqual([700]);
    waits[0]?.end();
    expect(await first).toEqual({});
    answer([DB]);
    expect(await names()).toEqual(DB_NAME);
    expect(calls()).toBe(1);
  });

  it.each([DENIED, new Error('broken')])(
    'that EC2 refuses with %s are left out, and not asked for each time',
    async (fault) => {
      const { names, calls } = await given(() => Promise.reject(fault));
      expect([await names(), await names()]).toEqual([{}, {}]);
      expect(calls()).toBe(1);
    },
  );

  it('are not looked for where no flow log says where it is, nor in a region that is not configured', async () => {
    const { names, calls } = await given(async () => [DB]);
    expect(await names([{ name: 'fl-1', eni: undefined }])).toEqual({});
    expect(await names([{ ...FLOW_LOG, site: { ...SITE, region: 'eu-west-9' } }])).toEqual({});
    expect(calls()).toBe(0);
  });

  it('are asked for no more once the app stops', async () => {
    let stopped: AbortSignal | undefined;
    const { book } = await given((signal) => {
      stopped = signal;
      return new Promise(() => {});
    });
    book.lookUp({ flowLogs: [FLOW_LOG] });
    await new Promise(setImmediate);
    expect(stopped?.aborted).toBe(false);
    book.close();
    expect(stopped?.aborted).toBe(true);
  });
});

const BROKEN: NameHistory = {
  note: () => Promise.reject(new Error('disk full')),
  of: () => Promise.reject(new Error('disk full')),
  sweep: () => Promise.reject(new Error('disk full')),
};

it('instances are called by their tags, also once these may not be read any more, and else by their ids', async () => {
  const instance = anInterface({ instanceId: 'i-1' });
  let tags: () => Promise<ReadonlyMap<string, string>> = () => Promise.reject(DENIED);
  const { names, pass } = await given(
    async () => [instance],
    {},
    () => tags(),
  );
  const nameNow = async () => {
    pass(6);
    return (await names())['10.0.1.5']?.name;
  };
  expect(await nameNow()).toBe('i-1');
  tags = async () => new Map([['i-1', 'app-1']]);
  expect(await nameNow()).toBe('app-1');
  tags = () => Promise.reject(DENIED);
  expect(await nameNow()).toBe('app-1');
});

it('what EC2 said of the interfaces that a question is about counts until they are listed', async () => {
  const nameSpans = spansOf(anInterface({ instanceId: 'i-1' }));
  const lookedUp = async (list: List) => {
    const { book } = await given(list, {}, async () => new Map([['i-1', 'app-1']]));
    const names = await book.lookUp({ flowLogs: [FLOW_LOG], nameSpans }).namesOf(['10.0.1.5'], WINDOW);
    return names.get('10.0.1.5')?.name;
  };
  expect(await lookedUp(() => Promise.reject(DENIED))).toBe('i-1');
  expect(await lookedUp(async () => [anInterface({ instanceId: 'i-1' })])).toBe('app-1');
});

it('a public address is named by the ranges of AWS where EC2 knows no interface with it', async () => {
  const own = anInterface({ name: 'web-1', addresses: ['203.0.113.9'], publicAddresses: ['203.0.113.9'] });
  const { names } = await given(async () => [own], {
    ofRange: (address) => (address.startsWith('203.0.113.') ? 'S3 us-east-1' : undefined),
  });
  expect(await names([FLOW_LOG], ['203.0.113.9', '203.0.113.10', '198.51.100.1'])).toEqual({
    '203.0.113.9': { name: 'web-1', from: 'EC2', since: undefined },
    '203.0.113.10': { name: 'S3 us-east-1', from: 'AWS ranges', since: undefined },
  });
});

describe('a subnet', () => {
  const subnet = { id: 'subnet-1', vpcId: 'vpc-1', name: 'app-a', blocks: ['10.0.1.0/24'] };
  const place = { name: 'in subnet app-a', from: 'subnets', since: undefined };

  it('is shown of an address inside that nothing else names, and listed once for many questions', async () => {
    let asked = 0;
    const subnets = async () => {
      asked += 1;
      return [subnet];
    };
    const { names, pass } = await given(async () => [DB], {}, undefined, subnets);
    const wanted = ['10.0.1.5', '10.0.1.6', '10.0.9.9'];
    expect(await names([FLOW_LOG], wanted)).toEqual({ ...DB_NAME, '10.0.1.6': place });
    await names([FLOW_LOG], wanted);
    expect(asked).toBe(1);
    pass(6);
    await names([FLOW_LOG], wanted);
    expect(asked).toBe(2);
  });

  it('is left out where subnets may not be listed, and names stay', async () => {
    const { names } = await given(
      async () => [DB],
      {},
      undefined,
      () => Promise.reject(DENIED),
    );
    expect(await names([FLOW_LOG], ['10.0.1.5', '10.0.1.6'])).toEqual(DB_NAME);
  });

  it('is not listed to write down names', async () => {
    const subnets = () => Promise.reject(new Error('listed'));
    const { book, calls } = await given(async () => [DB], {}, undefined, subnets);
    await book.noteAll([SITE]);
    expect(calls()).toBe(1);
  });
});

describe('a country', () => {
  const countries = async () => () => 'Germany';
  const germany = { name: 'Germany', from: 'countries', since: undefined };

  it('is shown of a public address that nothing else names, and of none that has a name', async () => {
    const own = anInterface({
      name: 'web-1',
      addresses: ['193.99.144.80'],
      publicAddresses: ['193.99.144.80'],
    });
    const { book } = await given(async () => [own], {
      countries,
      ofRange: (address) => (address === '52.216.1.1' ? 'S3 us-east-1' : undefined),
    });
    const wanted = ['193.99.144.80', '52.216.1.1', '52.216.1.2', '8.8.8.8', '10.0.9.9'];
    const recorded = { interfaces: [], services: new Map([['52.216.1.2', 'S3']]) };
    const found = await book.lookUp({ flowLogs: [FLOW_LOG] }).namesOf(wanted, WINDOW, recorded);
    expect(found.get('8.8.8.8')).toEqual(germany);
    expect([...found].filter(([, { from }]) => from === 'countries')).toHaveLength(1);
    expect(found.get('52.216.1.2')).toEqual({ name: 'S3', from: 'records', since: undefined });
  });

  it('is looked for only where a public address has no name', async () => {
    let opened = 0;
    const counted = () => {
      opened += 1;
      return countries();
    };
    const { names } = await given(async () => [DB], { countries: counted });
    await names([FLOW_LOG], ['10.0.1.5', '10.0.1.77', '203.0.113.9', 'eni-0a', '2001:db8::1']);
    expect(opened).toBe(0);
    await names([FLOW_LOG], ['8.8.8.8']);
    expect(opened).toBe(1);
  });
});

describe('what was written down', () => {
  it('is kept of each listing, and gives the names of then', async () => {
    const noted: unknown[] = [];
    const history: NameHistory = {
      ...BROKEN,
      note: async (site, spans, at) => void noted.push([site, spans.length, at]),
      of: async (_site, [of = '']) => [
        { of, name: 'app-7', interfaceId: 'eni-7', vpcId: 'vpc-1', toMs: WINDOW.to.getTime() },
      ],
    };
    const later = anInterface({ name: 'db-1', attachedAt: WINDOW.to });
    const { names } = await given(async () => [later], { history });
    expect(await names()).toMatchObject({ '10.0.1.5': { name: 'app-7', since: undefined } });
    expect(noted).toEqual([[SITE, 2, WINDOW.to]]);
  });

  it('is not missed where it cannot be read or written', async () => {
    const { names } = await given(async () => [DB], { history: BROKEN });
    expect(await names()).toEqual(DB_NAME);
  });

  it('is also what is there when nothing is asked', async () => {
    const { book, calls } = await given(async () => [DB]);
    await book.noteAll([SITE, SITE]);
    expect(calls()).toBe(1);
  });
});
