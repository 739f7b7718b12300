import { describe, expect, it } from 'vitest';
import { HOSTS, SAMPLE_NETWORK } from '../../src/playground/aws/network.ts';
import { OUTSIDE } from '../../src/playground/aws/outside.ts';
import { askFixture, cells, nextSteps } from '../support/ask-fixture.ts';
import { askingSample, factsOf } from '../support/ask-sample.ts';
import { ALL_FIELDS, tries } from '../support/conversation-cases.ts';
import { flow, NOON, type PlainRecord } from '../support/flow.ts';
import { openLake } from '../support/open-lake.ts';
import { LONG_AFTER, tempFolder } from '../support/open-local-lake.ts';
import { fault, withFault } from '../support/with-fault.ts';
import { writeLake } from '../support/write-lake.ts';

const [APP, DB] = ['10.0.1.5', '10.0.2.7'];

/** The answer over records of half an hour, in every slot of which something was recorded, but for the missing ones. */
async function whoIn(
  address: string,
  records: readonly PlainRecord[],
  fields: readonly string[] = ALL_FIELDS,
  missingSlots: readonly number[] = [],
) {
  const folder = await tempFolder();
  const every = Array.from({ length: 14 }, (_, slot) =>
    flow(NOON + slot * 300 + 20, { srcaddr: '10.9.9.8', dstaddr: '10.9.9.9', 'flow-direction': 'ingress' }),
  );
  const read = [...every, ...records].filter(
    ({ end }) => !missingSlots.includes(Math.floor((Number(end) - NOON) / 300)),
  );
  await writeLake(folder, read, { fields });
  const { ask, close } = await openLake(folder, LONG_AFTER);
  const answer = await ask(`who ${address} since 2026-03-05T12:00Z until 2026-03-05T12:30Z`);
  await close();
  return answer;
}

const shown = (answer: Awaited<ReturnType<typeof whoIn>>) =>
  cells(answer, 'role', 'port', 'state', 'peers', 'peer');

describe('`who` of an address in a folder', () => {
  it('says what it listens on, what it opens, and that nothing but the records is known', async () => {
    const answer = await askFixture('who 10.0.1.10');
    expect(shown(answer)).toEqual([
      ['listens', 8080, 'answered', 1, '10.0.0.9'],
      ['listens', 443, 'answered', 2, '198.51.100.7'],
      ['opens', 5432, 'rejected', 1, '10.0.2.20'],
      ['is asked', null, 'rejected', 1, '192.0.2.66'],
    ]);
    expect(answer.headline).toMatch(
      /^10\.0\.1\.10 is known from records alone; it listens on 8080 for 10\.0\.0\.9 and on 443 https for 2 clients; opens connections on 5432 postgres to 10\.0\.2\.20 \(rejected in the end\); 1 address on the internet tried up to 4 ports each and got no answer that was read\. Nothing else is known of it: over a folder there is no EC2 to ask\./,
    );
    expect(factsOf(answer)).toEqual({ 'Interface in the records': 'eni-0000000000000010a' });
    expect(nextSteps(answer)['Why not 10.0.2.20']).toBe('why 10.0.1.10 10.0.2.20 port=5432');
  });

  it('shows a pod by its own address, and what its node passes on for it', async () => {
    expect(cells(await askFixture('who 10.0.1.31'), 'role', 'port', 'peer')).toEqual([
      ['opens', 443, '203.0.113.81'],
    ]);
    expect(cells(await askFixture('who 10.0.1.30'), 'role', 'port', 'peer')).toContainEqual([
      'passes on',
      443,
      '203.0.113.81',
    ]);
  });

  it('refuses a block of addresses', async () => {
    await expect(askFixture('who 10.0.0.0/8')).rejects.toThrow(
      '`10.0.0.0/8` is a block of addresses, and this is about one address',
    );
  });

  it('says that a public address is one of the internet', async () => {
    const { headline } = await askFixture('who 203.0.113.80');
    expect(headline).toContain('203.0.113.80 is an address on the internet that no interface here carries');
  });
});

describe('an address listens where it answered', () => {
  it.each([
    ['answers', tries('answered', 0, 10), ['listens', 5432, 'answered']],
    [
      'answers, and its answers are rejected',
      tries('replyRejectedLeaving', 0, 10),
      ['listens', 5432, 'reply rejected'],
    ],
    [
      'answered, and rejects now',
      [...tries('answered', 0, 5), ...tries('rejectedArriving', 5, 10)],
      ['listens', 5432, 'rejected'],
    ],
    ['only rejects', tries('rejectedArriving', 0, 10), ['is asked', 5432, 'rejected']],
    ['only resets', tries('refused', 0, 10), ['is asked', 5432, 'refused']],
    ['says nothing', tries('unanswered', 0, 10), ['is asked', 5432, 'unanswered']],
    ['goes on with a connection that was open before', tries('goesOn', 0, 10), ['listens', 5432, 'answered']],
  ])('one that %s', async (_, records, row) => {
    const answer = await whoIn(DB, records);
    expect(cells(answer, 'role', 'port', 'state')).toEqual([row]);
    expect(answer.finding.certainty).toBe('proven');
  });

  it('counts the clients that were answered in the end, and those that were not', async () => {
    const answer = await whoIn(DB, [
      ...tries('answered', 0, 10),
      ...tries('answered', 0, 5, { client: '10.0.1.6' }),
      ...tries('rejectedArriving', 5, 10, { client: '10.0.1.6' }),
    ]);
    expect(shown(answer)).toEqual([['listens', 5432, '1 of 2 answered', 2, APP]]);
    expect(answer.headline).toContain(
      'listens on 5432 postgres for 2 clients (1 of them rejected in the end).',
    );
    expect(nextSteps(answer)['Why not 10.0.1.6']).toBe(`why 10.0.1.6 ${DB} port=5432`);
  });

  it('only sends over UDP is not called silent: who sends may want no answer', async () => {
    const answer = await whoIn(DB, tries('unanswered', 0, 10, { protocol: 17, port: 514 }));
    expect(cells(answer, 'state').flat()).not.toContain('unanswered');
    expect(answer.headline).toContain(`gives no answer to ${APP} on 514 syslog (UDP may need none)`);
  });

  it('that was not read as a whole is not said to give no answer', async () => {
    const answer = await whoIn(DB, tries('unanswered', 0, 10), ALL_FIELDS, [3]);
    expect(answer.headline).toContain(`gives no answer that was read to ${APP} on 5432 postgres`);
    expect(answer.finding.wouldTell.flat()).toContain(
      'An answer may be in what was not read: ask again once the files can be read.',
    );
    expect((await whoIn(DB, tries('answered', 0, 10), ALL_FIELDS, [3])).finding.wouldTell).toEqual([]);
  });

  it('without flags is likely, and says what would tell', async () => {
    const fields = ALL_FIELDS.filter((field) => field !== 'tcp-flags');
    const { finding } = await whoIn(DB, tries('answered', 0, 10), fields);
    expect(finding.certainty).toBe('likely');
    expect(finding.wouldTell.flat().join()).toContain('tcp-flags');
  });
});

it('`who` puts what the internet tries in vain behind all else, in one row for all ports', async () => {
  const scan = [22, 23, 3389, 5432].flatMap((port) =>
    tries('rejectedArriving', 0, 5, { client: '198.51.100.9', port, at: ['server'] }),
  );
  const answer = await whoIn(DB, [...scan, ...tries('refused', 0, 5, { port: 9102 })]);
  expect(shown(answer)).toEqual([
    ['is asked', 9102, 'refused', 1, APP],
    ['is asked', null, 'rejected', 1, '198.51.100.9'],
  ]);
  const scanner = await whoIn('198.51.100.9', scan);
  expect(scanner.headline).toContain(`gets no answer from ${DB} on up to 4 ports (rejected)`);
});

it('`who` of an IPv6 address shows each port, for nothing shows what of IPv6 is inside', async () => {
  const answer = await askFixture('who 2001:db8:1::10');
  expect(shown(answer)).toEqual([['listens', 443, 'answered', 1, '2001:db8:ffff::7']]);
});

describe('`who` of the sample network', () => {
  const { app1, db1, bastion, nat1 } = HOSTS;

  it('says what a name is, in which subnet, whose it is and since when', async () => {
    const ask = await askingSample();
    const answer = await ask('who db-1 last 1h');
    expect(answer.headline).toMatch(
      /^db-1 \(10\.0\.21\.31\) is an RDS database in subnet data-a; it listens on 5432 postgres for 3 clients \(2 of them rejected in the end\)\./,
    );
    expect(factsOf(answer)).toEqual({
      Owner: 'team=storefront, service=shop',
      Service: 'RDS database',
      Interface: `${db1.interfaceId}, attached since 2026-01-01T00:00:00.000Z, described as RDSNetworkInterface`,
      Subnet: `${db1.subnet.subnetId} (data-a), us-east-1a, VPC ${SAMPLE_NETWORK.vpcId} (sample), account 123456789012, us-east-1`,
      'Security groups': 'sg-0f10f10f10f100004 (shop-db)',
      'Network ACL': 'acl-0f10f10f10f100001 (default)',
      'Route table': 'rtb-0f10f10f10f100003 (data)',
    });
    expect(answer.finding.links).toEqual([
      {
        label: 'Network interface in the console',
        url: `https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#NetworkInterface:networkInterfaceId=${db1.interfaceId}`,
      },
    ]);
  });

  it('finds the instance behind an interface, and what a NAT gateway passes on', async () => {
    const ask = await askingSample();
    const app = await ask(`who ${app1.interfaceId} last 30m`);
    expect(app.headline).toContain(
      'app-1 (10.0.11.41) is an EC2 instance in subnet private-a; it listens on 9000',
    );
    expect(factsOf(app).Instance).toBe(`${app1.instanceId} (app-1)`);
    expect(app.finding.links?.map(({ label }) => label)).toContain('Instance in the console');
    const nat = await ask(`who ${nat1.address} last 30m`);
    expect(cells(nat, 'role').flat()).toEqual(expect.arrayContaining(['opens', 'passes on']));
  });

  it('says what a public address of its own is, and that the records show the private one', async () => {
    const ask = await askingSample();
    const { headline, finding, rows } = await ask(`who ${bastion.publicAddress} last 30m`);
    expect(rows).toEqual([]);
    expect(headline).toMatch(
      /^bastion \(203\.0\.113\.10\) is an EC2 instance in subnet public-a\. Flow logs show its private address, 10\.0\.1\.10, instead\. No traffic of/,
    );
    expect(finding.wouldTell).toContainEqual(['The same question about 10.0.1.10 shows what it talks to.']);
  });

  it('names the service and the region of an address that AWS publishes', async () => {
    const ask = await askingSample({
      ofRange: (address) => (address === OUTSIDE.uploadTarget ? 'S3 us-east-1' : undefined),
    });
    expect((await ask(`who ${OUTSIDE.uploadTarget} last 1h`)).headline).toContain(
      '203.0.113.99 is an address of AWS, S3 us-east-1; it listens on 443 https',
    );
    expect((await ask(`who ${OUTSIDE.objectStore} last 30m`)).headline).toContain(
      'S3 (192.0.2.20) is an address of AWS, S3 by the records',
    );
  });

  it('says which permission would show more, and answers from the records all the same', async () => {
    const denied = (call: string) => () => Promise.reject(fault('denied', call));
    const ask = await askingSample({
      around: (cloud) =>
        withFault(cloud, { network: () => ({ interfaces: denied('ec2:DescribeNetworkInterfaces') }) }),
    });
    const { headline, finding, rows } = await ask(`who ${app1.address} last 30m`);
    expect(headline).toContain(
      'What app-1 (10.0.11.41) is cannot be said: EC2 may not be asked; it listens on',
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(finding).toMatchObject({
      certainty: 'likely',
      wouldTell: [['The permission ec2:DescribeNetworkInterfaces would show more of what it is.']],
    });
  });

  it('does without tags where they may not be read', async () => {
    const ask = await askingSample({
      around: (cloud) =>
        withFault(cloud, {
          network: () => ({ tagsOf: () => Promise.reject(fault('denied', 'ec2:DescribeTags')) }),
        }),
    });
    const answer = await ask(`who ${app1.address} last 30m`);
    expect(answer.headline).toContain('is an EC2 instance in subnet private-a');
    expect(factsOf(answer).Owner).toBeUndefined();
    expect(answer.finding.wouldTell).toEqual([
      ['The permission ec2:DescribeTags would show more of what it is.'],
    ]);
  });
});
