import { describe, expect, it } from 'vitest';
import type { AddressIdentity, Carrier } from '../../../src/core/lake/identity-lookup.ts';
import { type NameSpan, NO_NAMES } from '../../../src/core/lake/names.ts';
import type { NetworkInterface } from '../../../src/core/lake/network.ts';
import { phraseText } from '../../../src/core/query/finding.ts';
import { identityInWords, type RecordedIdentity } from '../../../src/core/query/identity-words.ts';
import { DB, rulesWith } from '../../support/ruled-network.ts';

const WINDOW = { from: new Date('2026-03-05T13:00:00Z'), to: new Date('2026-03-05T14:00:00Z') };
const at = (time: string) => new Date(`2026-03-05T${time}:00Z`);
const ms = (time: string) => at(time).getTime();
const ADDRESS = '10.0.21.31';

const NOTHING_RECORDED: RecordedIdentity = {
  interfaces: [],
  instance: '-',
  subnet: '-',
  vpc: '-',
  awsService: '-',
};

/** The database of the tests, attached in the morning unless said otherwise. */
function aCarrier(change: Partial<NetworkInterface> = {}, tags: Carrier['tags'] = []): Carrier {
  const networkInterface = { ...DB, instanceId: 'i-0d1', attachedAt: at('09:00'), ...change };
  return { account: '123456789012', region: 'eu-central-1', networkInterface, rules: rulesWith(), tags };
}

function holder(name: string, interfaceId: string, change: Partial<NameSpan> = {}): NameSpan {
  return { of: ADDRESS, name, interfaceId, vpcId: 'vpc-1', ...change };
}

function said(
  identity: Partial<AddressIdentity> | undefined,
  recorded: Partial<RecordedIdentity> = {},
  text = ADDRESS,
) {
  const known: AddressIdentity | undefined = identity && {
    ...{ carriers: [], holders: [], awsRange: undefined, missing: [], asked: 'answered' },
    ...identity,
  };
  const found = identityInWords(text, known, { ...NOTHING_RECORDED, ...recorded }, WINDOW);
  const shown = { zone: 'UTC', names: NO_NAMES, window: WINDOW };
  return {
    text: phraseText([...found.clause, '.', ...found.behind], shown),
    facts: Object.fromEntries(found.facts.map(({ label, value }) => [label, phraseText(value, shown)])),
    certainty: found.certainty,
    wouldTell: found.wouldTell.map((sentence) => phraseText(sentence, shown)),
  };
}

describe('an address that an interface carries', () => {
  it('is what that is, where it had it before the window', () => {
    const found = said({ carriers: [aCarrier()], holders: [holder('db-1', DB.id, { fromMs: ms('09:00') })] });
    expect(found).toMatchObject({
      text: '10.0.21.31 is an EC2 instance in subnet subnet-db.',
      certainty: 'proven',
    });
  });

  it('is so since the window began, and before it was another that was written down', () => {
    const holders = [
      holder('db-0', 'eni-0', { fromMs: ms('08:00'), toMs: ms('13:20') }),
      holder('db-1', DB.id, { fromMs: ms('13:20') }),
    ];
    const found = said({ carriers: [aCarrier()], holders });
    expect(found.text).toBe(
      '10.0.21.31 is an EC2 instance in subnet subnet-db since 13:20 UTC. Before that eni-0 (db-0) had it.',
    );
    expect(found.facts.Before).toBe('eni-0 (db-0) until 13:20 UTC');
    expect(found.certainty).toBe('likely');
  });

  it('is said to be unknown before, where nothing was written down', () => {
    const found = said({
      carriers: [aCarrier({ attachedAt: at('13:20') })],
      holders: [holder('db-1', DB.id, { fromMs: ms('13:20') })],
    });
    expect(found.text).toContain('since 13:20 UTC. Who had it before is not known.');
  });

  it('was that of another one in a window that ended before it came', () => {
    const found = said({
      carriers: [aCarrier({ attachedAt: at('14:30') })],
      holders: [holder('db-0', 'eni-0', { fromMs: ms('08:00'), toMs: ms('14:20') })],
    });
    expect(found.text).toBe(
      '10.0.21.31 was an address of eni-0 (db-0) in this time, and since 14:30 UTC it is one of eni-0d1, an EC2 instance in subnet subnet-db.',
    );
  });

  it('was another interface where the records of the window say so', () => {
    const found = said(
      { carriers: [aCarrier()], holders: [holder('db-1', DB.id, { fromMs: ms('09:00') })] },
      { interfaces: ['eni-0'] },
    );
    expect(found.text).toContain('now, and in this time it was another interface, eni-0.');
    expect(found.certainty).toBe('likely');
  });

  it('has the tags that say whom to ask, of its instance before its own, in one line each', () => {
    const tags = [
      { id: DB.id, key: 'Team', value: 'network' },
      { id: 'i-0d1', key: 'Team', value: 'blue`\n<!channel>' },
      { id: 'i-0d1', key: 'On-Call', value: '#blue' },
      { id: 'i-0d1', key: 'aws:autoscaling:groupName', value: 'asg' },
    ];
    const { facts } = said({ carriers: [aCarrier({}, tags)], holders: [holder('db-1', DB.id)] });
    expect(facts.Owner).toBe('Team=blue  <!channel>, On-Call=#blue');
  });
});

it('an address that networks have in common is that of several interfaces, and says how to ask for one', () => {
  const other = aCarrier({ id: 'eni-2', vpcId: 'vpc-2' });
  const { text, facts, wouldTell } = said({ carriers: [aCarrier(), other] });
  expect(text).toBe(
    '10.0.21.31 is carried by 2 network interfaces, in networks that use the same addresses.',
  );
  expect(Object.keys(facts)).toEqual(['vpc-1', 'vpc-2']);
  expect(wouldTell).toEqual(['With vpc= the question is about one of them.']);
});

it.each<readonly [string, Partial<AddressIdentity> | undefined, Partial<RecordedIdentity>, string, string]>([
  [
    'that was given up',
    { holders: [holder('db-0', 'eni-0', { toMs: ms('13:20') })] },
    {},
    ADDRESS,
    '10.0.21.31 was db-0 until 13:20 UTC, and no network interface carries it now.',
  ],
  [
    'that nothing carries',
    {},
    {},
    ADDRESS,
    '10.0.21.31 is an internal address that no network interface here carries now. It may be behind a VPN, a peering or a transit gateway, or have been given up.',
  ],
  [
    'in a folder',
    { asked: 'no EC2' },
    {},
    ADDRESS,
    '10.0.21.31 is known from records alone. Nothing else is known of it: over a folder there is no EC2 to ask.',
  ],
  ['of which EC2 is late', { asked: 'late' }, {}, ADDRESS, 'What 10.0.21.31 is was not said by EC2 in time.'],
  [
    'of which EC2 may not be asked',
    { missing: ['ec2:DescribeNetworkInterfaces'] },
    {},
    ADDRESS,
    'What 10.0.21.31 is cannot be said: EC2 may not be asked.',
  ],
  ['of S3', { awsRange: 'S3 us-east-1' }, {}, '52.216.0.1', '52.216.0.1 is an address of AWS, S3 us-east-1.'],
  [
    'of S3 by the records',
    { asked: 'no EC2' },
    { awsService: 'S3' },
    '52.216.0.1',
    '52.216.0.1 is an address of AWS, S3 by the records.',
  ],
  [
    'on the internet',
    {},
    {},
    '198.51.100.9',
    '198.51.100.9 is an address on the internet that no interface here carries.',
  ],
  [
    'of a country',
    { country: 'Germany' },
    {},
    '193.99.144.80',
    '193.99.144.80 is an address on the internet that no interface here carries. Its country by IP2Location LITE is Germany: where the range is registered or used, not who uses it.',
  ],
])('an address %s is said to be so', (_, identity, recorded, text, sentence) => {
  expect(said(identity, recorded, text).text).toBe(sentence);
});

it('what the records say is shown where EC2 says nothing, and only there', () => {
  const recorded = { interfaces: ['eni-0'], instance: 'i-0', subnet: 'subnet-0', vpc: 'vpc-0' };
  expect(said(undefined, recorded).facts).toEqual({
    'Interface in the records': 'eni-0',
    'Instance in the records': 'i-0',
    'Subnet in the records': 'subnet-0',
    'VPC in the records': 'vpc-0',
  });
  const { facts } = said({ carriers: [aCarrier()] }, { ...recorded, interfaces: [DB.id] });
  expect(facts['Instance in the records']).toBeUndefined();
});

it('what may not be asked is named as a permission', () => {
  const { wouldTell } = said({ carriers: [aCarrier()], missing: ['ec2:DescribeTags'] });
  expect(wouldTell).toEqual(['The permission ec2:DescribeTags would show more of what it is.']);
});
