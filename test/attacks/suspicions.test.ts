import { describe, expect, it } from 'vitest';
import { ALL_FIELDS } from '../support/conversation-cases.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:30Z';
const HOST = '10.0.1.10';
const [OUTSIDE, BALANCER, OFFICE] = ['192.0.2.66', '10.0.0.9', '203.0.113.7'];

async function headlineOf(line: string, records: readonly PlainRecord[], fields = ALL_FIELDS) {
  const folder = await tempFolder();
  const every = Array.from({ length: 10 }, (_, slot) =>
    flow(NOON + slot * 300 + 20, { srcaddr: '10.9.9.8', dstaddr: '10.9.9.9', 'flow-direction': 'ingress' }),
  );
  await writeLake(folder, [...every, ...records], { fields });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const { headline, finding } = await ask(`${line} ${WINDOW}`);
  await close();
  return { headline, finding };
}

interface Connection {
  readonly client?: string;
  readonly server?: string;
  readonly port?: number;
  readonly clientPort?: number;
  /** From which second of the window on. */
  readonly at: number;
  readonly seconds?: number;
  readonly bytes?: number;
  readonly back?: number;
  readonly action?: 'ACCEPT' | 'REJECT';
  readonly flags?: readonly [request: number | '-', reply: number | '-'];
}

/** What the server's interface records of a connection that was opened and closed; of a rejected one the request alone. */
function connection({
  client = OUTSIDE,
  server = HOST,
  port = 22,
  clientPort = 40_000,
  at,
  seconds = 5,
  bytes = 2_300,
  back = 2_800,
  action = 'ACCEPT',
  flags: [asks, answers] = [3, 19],
}: Connection): readonly PlainRecord[] {
  const common = {
    'interface-id': 'eni-0d0d0d0d0d0d0d0d0',
    start: NOON + at,
    action,
    packets: 12,
  };
  const request = flow(NOON + at + seconds, {
    ...common,
    srcaddr: client,
    dstaddr: server,
    'pkt-srcaddr': client,
    'pkt-dstaddr': server,
    srcport: clientPort,
    dstport: port,
    bytes,
    'tcp-flags': action === 'REJECT' ? 2 : asks,
    'flow-direction': 'ingress',
  });
  const reply = flow(NOON + at + seconds, {
    ...common,
    srcaddr: server,
    dstaddr: client,
    'pkt-srcaddr': server,
    'pkt-dstaddr': client,
    srcport: port,
    dstport: clientPort,
    bytes: back,
    'tcp-flags': answers,
    'flow-direction': 'egress',
  });
  return action === 'REJECT' ? [request] : [request, reply];
}

/** So many of them, each so many seconds after the one before. */
function many(
  amount: number,
  every: number,
  each: Omit<Connection, 'at' | 'clientPort'> = {},
): readonly PlainRecord[] {
  return Array.from({ length: amount }, (_, index) =>
    connection({ ...each, at: index * every, clientPort: 40_000 + index }),
  ).flat();
}

describe('guessing of passwords', () => {
  it.each([
    ['ssh', 22, '22 ssh'],
    ['remote desktop', 3389, '3389 rdp'],
    ['a database', 5432, '5432 postgres'],
  ])('is named where one address outside opens many short connections to %s', async (_, port, service) => {
    for (const line of [
      `to ${HOST}`,
      `to ${HOST} port=${port}`,
      `ports ${HOST}`,
      `traffic ${HOST}`,
      `from ${OUTSIDE}`,
    ]) {
      const { headline, finding } = await headlineOf(line, many(200, 5, { port }));
      expect(headline).toContain(`${OUTSIDE} opened 200 short connections to ${HOST} on ${service}`);
      expect(headline).toContain('it looks like password guessing.');
      expect(finding.certainty).toBe('likely');
      expect(finding.wouldTell).toHaveLength(1);
    }
  });

  it.each<readonly [string, readonly PlainRecord[]]>([
    ['a load balancer inside that checks the port', many(200, 5, { client: BALANCER })],
    ['a monitor outside that connects once a minute', many(30, 60)],
    ['a check that connects and says nothing', many(200, 5, { bytes: 220, back: 180 })],
    ['some people at work', many(12, 100)],
    [
      'sessions behind one address of an office, which are long',
      many(100, 15, { client: OFFICE, bytes: 90_000 }),
    ],
    ['a service without a password', many(200, 5, { port: 443 })],
    ['connections that are rejected', many(200, 5, { action: 'REJECT' })],
  ])('is not named of %s', async (_, records) => {
    expect((await headlineOf(`to ${HOST}`, records)).headline).not.toContain('password');
  });

  it('is not named where flags are not recorded, and connections cannot be counted', async () => {
    const fields = ALL_FIELDS.filter((field) => field !== 'tcp-flags');
    expect((await headlineOf(`to ${HOST}`, many(200, 5), fields)).headline).not.toContain('password');
  });
});

/** One try of each of some ports, or of one port at some addresses. */
function tries(amount: number, each: (index: number) => Partial<Connection>): readonly PlainRecord[] {
  return Array.from({ length: amount }, (_, index) =>
    connection({ at: index, clientPort: 40_000 + index, action: 'REJECT', bytes: 40, ...each(index) }),
  ).flat();
}

describe('a scan', () => {
  it('is named where one address tries many ports', async () => {
    const records = tries(120, (index) => ({ port: 1_000 + index }));
    for (const line of [
      `to ${HOST}`,
      `ports ${HOST} action=reject`,
      `rejected`,
      `rejected ${OUTSIDE}`,
      `from ${OUTSIDE}`,
    ])
      expect((await headlineOf(line, records)).headline).toContain(`${OUTSIDE} tried 120 ports of ${HOST}`);
  });

  it('is named where one of our own hosts tries a port of many others', async () => {
    const records = tries(80, (index) => ({ client: '10.0.5.5', server: `10.0.7.${index + 1}`, port: 445 }));
    const { headline } = await headlineOf('from 10.0.5.5', records);
    expect(headline).toContain('10.0.5.5 tried 80 ports of several addresses');
  });

  it.each<readonly [string, readonly PlainRecord[]]>([
    [
      'the noise of many addresses',
      tries(120, (index) => ({ client: `198.51.100.${index + 1}`, port: 1_000 + index })),
    ],
    ['few ports', tries(120, (index) => ({ port: 1_000 + (index % 20) }))],
    [
      'a monitor that most hosts answer',
      [
        ...tries(60, (index) => ({ client: '10.0.5.5', server: `10.0.7.${index + 1}`, port: 9100 })),
        ...Array.from({ length: 100 }, (_, index) =>
          connection({ client: '10.0.5.5', server: `10.0.8.${index + 1}`, port: 9100, at: index }),
        ).flat(),
      ],
    ],
  ])('is not named of %s', async (_, records) => {
    for (const line of [`to ${HOST}`, 'from 10.0.5.5'])
      expect((await headlineOf(line, records)).headline).not.toContain('scan');
  });
});

describe('an upload', () => {
  const upload = {
    client: HOST,
    server: '203.0.113.99',
    port: 443,
    at: 60,
    seconds: 50,
    bytes: 900_000_000,
    back: 9_000_000,
  };
  it('is named where one host sends very much to one address outside', async () => {
    for (const line of [`from ${HOST}`, `traffic ${HOST}`, 'to 203.0.113.99'])
      expect((await headlineOf(line, connection(upload))).headline).toContain(
        `${HOST} sent 900 MB to 203.0.113.99 on 443 https`,
      );
  });

  it.each<readonly [string, Partial<Connection>]>([
    ['a host of our own', { server: '10.0.9.9' }],
    ['what is fetched', { bytes: 600_000_000, back: 700_000_000 }],
    ['little', { bytes: 90_000_000, back: 100_000 }],
    [
      'what a client outside fetches from us',
      { client: '203.0.113.99', server: HOST, bytes: 1_000_000, back: 900_000_000 },
    ],
  ])('is not named of %s', async (_, changes) => {
    const { headline } = await headlineOf(`from ${HOST}`, connection({ ...upload, ...changes }));
    expect(headline).not.toContain('upload');
  });
});
