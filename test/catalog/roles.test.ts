import { describe, expect, it } from 'vitest';
import { cells } from '../support/ask-fixture.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { writeLake } from '../support/write-lake.ts';

const FIELDS =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status tcp-flags'.split(
    ' ',
  );
const WINDOW = 'since 2026-03-05T12:00Z until 2026-03-05T12:10Z';
const [APP, DB] = ['10.0.1.5', '10.0.2.7'];

/** A record from one to the other. */
function sent(
  from: string,
  srcport: number,
  to: string,
  dstport: number,
  changes: PlainRecord = {},
): PlainRecord {
  return flow(NOON + 60, { srcaddr: from, srcport, dstaddr: to, dstport, 'tcp-flags': '-', ...changes });
}

/** The answer over some records, in a lake that has a file for every slot. */
async function asked(line: string, records: readonly PlainRecord[]) {
  const folder = await tempFolder();
  const others = Array.from({ length: 5 }, (_, slot) =>
    flow(NOON + slot * 300 + 20, { dstaddr: '10.9.9.9' }),
  );
  await writeLake(folder, [...records, ...others], { fields: FIELDS });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const answer = await ask(`${line} ${WINDOW}`);
  await close();
  return answer;
}

const ICMP = { protocol: 1, srcport: 0, dstport: 0 } as const;
const NTP = { protocol: 17 } as const;
const REJECTED = { action: 'REJECT' } as const;
const RESET = { 'tcp-flags': 4 } as const;

describe('who opened a conversation', () => {
  it.each<readonly [string, PlainRecord, string | undefined]>([
    ['a SYN is from the client, whatever its ports', sent(APP, 22, DB, 45_000, { 'tcp-flags': 2 }), 'client'],
    [
      'a SYN-ACK is from the server, whatever its ports',
      sent(APP, 45_000, DB, 22, { 'tcp-flags': 18 }),
      'server',
    ],
    ['a named service is asked', sent(APP, 45_000, DB, 5432), 'client'],
    ['a named service is asked from a well-known port, as NFS is', sent(APP, 875, DB, 2049), 'client'],
    ['an unnamed low port is asked from an ephemeral one', sent(APP, 45_000, DB, 8081), 'client'],
    ['a service answers', sent(APP, 5432, DB, 45_000), 'server'],
    ['a rejected packet of a service answers too', sent(APP, 5432, DB, 45_000, REJECTED), 'server'],
    ['a rejected packet to a service asks', sent(APP, 45_000, DB, 5432, REJECTED), 'client'],
    ['equal ports show no role', sent(APP, 123, DB, 123, NTP), 'unknown'],
    ['two ephemeral ports show no role', sent(APP, 45_000, DB, 50_000), 'unknown'],
    ['two service ports show no role', sent(APP, 443, DB, 5432), 'unknown'],
    ['a ping shows no role', sent(APP, 0, DB, 0, ICMP), 'unknown'],
    ['absent ports show no role', sent(APP, 1, DB, 1, { srcport: '-', dstport: '-' }), 'unknown'],
  ])('%s', async (_, record, role) => {
    const answer = await asked(`to ${DB}`, [record]);
    expect(cells(answer, 'role').flat()).toEqual([role]);
  });

  it('has no port where the protocol has none', async () => {
    const ping = [sent(APP, 0, DB, 0, ICMP)];
    expect(cells(await asked(`to ${DB}`, ping), 'port')).toEqual([[null]]);
    expect(cells(await asked(`records ${DB}`, ping), 'srcport', 'dstport')).toEqual([[null, null]]);
    expect((await asked(`ports ${DB}`, ping)).headline).toBe(
      `${DB} was called without a port, as by ICMP, as far as is known who called whom.`,
    );
  });
});

describe('the ports on which an address was called', () => {
  it('do not hold those to which a database’s replies were rejected', async () => {
    const replies = Array.from({ length: 9 }, (_, index) => sent(DB, 5432, APP, 45_000 + index, REJECTED));
    expect((await asked(`ports ${APP}`, replies)).rows).toEqual([]);
  });

  it('hold what may be a reply as well as a call, and say that it is unknown', async () => {
    const answer = await asked(`ports ${APP}`, [sent(DB, 123, APP, 123, NTP), sent(DB, 45_000, APP, 443)]);
    expect(cells(answer, 'port', 'opened_by')).toEqual([
      // It was not answered, which comes first.
      [443, 'peer'],
      [123, 'unknown'],
    ]);
  });
});

describe('whether two addresses answered each other', () => {
  const request = sent(APP, 45_000, DB, 5432);
  const reply = sent(DB, 5432, APP, 45_000);
  it.each<readonly [string, readonly PlainRecord[], string]>([
    [
      'a reply that arrived',
      [request, reply],
      `Traffic between ${APP} and ${DB} was accepted, with replies.`,
    ],
    ['no reply', [request], `${DB} did not answer ${APP} on 5432 postgres, from 12:00:01 UTC to 12:01 UTC.`],
    [
      'a rejected reply is the opposite of one',
      [request, { ...reply, ...REJECTED }],
      `Replies of ${DB} to ${APP} on 5432 postgres were rejected, from 12:00:01 UTC to 12:01 UTC.`,
    ],
    [
      'replies of which some were rejected',
      [request, reply, { ...reply, ...REJECTED }],
      `Replies of ${DB} to ${APP} on 5432 postgres were rejected, from 12:00:01 UTC to 12:01 UTC.`,
    ],
    [
      'replies that are all resets refuse',
      [request, { ...reply, ...RESET }],
      `Traffic between ${APP} and ${DB} was accepted, and refused: every reply is a reset.`,
    ],
    [
      'a reset after data is no refusal',
      [request, reply, { ...reply, ...RESET }],
      `Traffic between ${APP} and ${DB} was accepted, with replies.`,
    ],
    [
      'a connection that was opened and reset was answered',
      [request, { ...reply, 'tcp-flags': 22 }],
      `Traffic between ${APP} and ${DB} was accepted, with replies.`,
    ],
    [
      'a ping with replies',
      [sent(APP, 0, DB, 0, ICMP), sent(DB, 0, APP, 0, ICMP)],
      `Traffic between ${APP} and ${DB} was accepted, both ways.`,
    ],
    [
      'a ping without replies',
      [sent(APP, 0, DB, 0, ICMP)],
      `Traffic between ${APP} and ${DB} was accepted, and only one way was seen.`,
    ],
    [
      'NTP both ways',
      [sent(APP, 123, DB, 123, NTP), sent(DB, 123, APP, 123, NTP)],
      `Traffic between ${APP} and ${DB} was accepted, both ways.`,
    ],
    [
      'a rejected ping',
      [sent(APP, 0, DB, 0, { ...ICMP, ...REJECTED })],
      `Traffic between ${APP} and ${DB} was rejected, and no reply was seen.`,
    ],
  ])('%s', async (_, records, verdict) => {
    expect((await asked(`between ${APP} ${DB}`, records)).headline).toBe(verdict);
  });
});

it('an answer shows a pair inside a block once, both ways, and apart from what crosses its border', async () => {
  const answer = await asked('traffic 10.0.0.0/16', [
    sent(APP, 45_000, DB, 5432, { bytes: 300 }),
    sent(DB, 5432, APP, 45_000, { bytes: 7_000 }),
    sent('203.0.113.9', 45_000, APP, 443, { bytes: 50 }),
  ]);
  expect(cells(answer, 'ours', 'peer', 'way', 'opened_by', 'bytes_in', 'bytes_out')).toEqual([
    [APP, DB, 'inside', 'us', 7_000, 300],
    [APP, '203.0.113.9', 'across', 'peer', 50, 0],
  ]);
});

it('an answer has first and last seen over all interfaces, and amounts of one', async () => {
  const ofApp = { 'interface-id': 'eni-0a', bytes: 500 };
  const ofDb = { 'interface-id': 'eni-0b', bytes: 400 };
  const answer = await asked(`to ${DB}`, [
    sent(APP, 45_000, DB, 5432, { ...ofApp, start: NOON + 100, end: NOON + 150 }),
    sent(APP, 45_000, DB, 5432, { ...ofDb, start: NOON + 40, end: NOON + 90 }),
    sent(APP, 45_000, DB, 5432, { ...ofDb, bytes: 0, start: NOON + 200, end: NOON + 250 }),
  ]);
  expect(cells(answer, 'bytes', 'first_seen', 'last_seen', 'interface_id')).toEqual([
    [500, new Date((NOON + 40) * 1000), new Date((NOON + 250) * 1000), 'eni-0a'],
  ]);
});
