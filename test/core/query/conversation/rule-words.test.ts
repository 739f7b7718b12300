import { describe, expect, it } from 'vitest';
import { NO_NAMES } from '../../../../src/core/lake/names.ts';
import { createRulesLookup, type RulesNow } from '../../../../src/core/lake/rules-lookup.ts';
import { parseAddress } from '../../../../src/core/line/read-address.ts';
import { ruleFinding } from '../../../../src/core/query/conversation/rule-words.ts';
import type { Verdict } from '../../../../src/core/query/conversation/verdict.ts';
import { phraseText } from '../../../../src/core/query/finding.ts';
import { HOSTS } from '../../../../src/playground/aws/network.ts';
import { givenSample } from '../../../support/given-sample.ts';

const { app1, db1, cache1, web2 } = HOSTS;
const OUTSIDE = '198.51.100.9';

async function sampleRules(): Promise<RulesNow> {
  const { cloud } = await givenSample();
  const asked = [app1, db1, cache1, web2].flatMap(({ address }) => {
    const read = parseAddress(address);
    return 'value' in read ? [read.value] : [];
  });
  return createRulesLookup(cloud)(asked, new AbortController().signal);
}

/** What the rules of the sample network add to a verdict on TCP between two addresses. */
async function added(
  client: string,
  server: string,
  port: number,
  verdict: Verdict,
  change: Partial<RulesNow> = {},
) {
  const known = { ...(await sampleRules()), ...change };
  const stretch = { verdict, firstSeconds: 0, lastSeconds: 60, sightings: [] };
  const conversation = { client: 'a', port, protocol: 6, sightings: [] } as const;
  const parties = { client: { address: client }, server: { address: server }, port, protocol: 6 };
  const found = ruleFinding(conversation, stretch, parties, known);
  const shown = { zone: 'UTC', names: NO_NAMES };
  return {
    words: phraseText(found.words, shown).trim(),
    links: found.links,
    wouldTell: found.wouldTell.map((sentence) => phraseText(sentence, shown)),
  };
}

const AT_SERVER = { state: 'rejected', at: 'server', side: 'arriving' } as const;

describe('the rules of now', () => {
  it('are the cause where they reject what the records show rejected, with the page where they are changed', async () => {
    const { words, links } = await added(app1.address, db1.address, 5432, AT_SERVER);
    expect(words).toMatch(/^No inbound rule of sg-\w+ \(shop-db\) allows tcp 5432 from 10\.0\.11\.41/);
    expect(links).toMatchObject([
      { label: 'Security group in the console', url: expect.stringMatching(/^https:/) },
    ]);
  });

  it('name the network ACL that rejects replies', async () => {
    const verdict = { state: 'reply rejected', at: 'server', side: 'leaving' } as const;
    expect((await added(web2.address, cache1.address, 6379, verdict)).words).toMatch(
      /^Rule 90 of acl-\w+ \(data-b\) denies/,
    );
  });

  it.each<Verdict>([{ state: 'answered' }, { state: 'refused' }, { state: 'unanswered' }])(
    'are not taken for the cause where packets were let through: %o',
    async (verdict) => {
      expect((await added(app1.address, db1.address, 5432, verdict)).words).toMatch(
        /^By the rules as they are now, no inbound/,
      );
    },
  );

  it('are not taken for the cause of a rejection at another place', async () => {
    const verdict = { state: 'rejected', at: 'client', side: 'leaving' } as const;
    expect((await added(app1.address, db1.address, 5432, verdict)).words).toMatch(
      /^By the rules as they are now, no inbound/,
    );
  });

  it('allow what was rejected before they were changed', async () => {
    expect((await added(app1.address, cache1.address, 6379, AT_SERVER)).words).toBe(
      'The rules allow it now; it was last rejected at 1 Jan 1970 00:01 UTC.',
    );
  });

  it('are said to be those of one side where the other is not ours', async () => {
    const { words } = await added(web2.address, OUTSIDE, 443, { state: 'not recorded', at: 'server' });
    expect(words).toMatch(
      /^Security groups, network ACLs and routes of 10\.0\.12\.21 allow it, and it passes nat-/,
    );
  });

  it('say which permission would show more, and that they came too late', async () => {
    const denied = { missing: ['ec2:DescribeNetworkAcls'] };
    expect((await added(app1.address, db1.address, 5432, AT_SERVER, denied)).wouldTell).toEqual([
      'The permission ec2:DescribeNetworkAcls would show more of the rules.',
    ]);
    const late = await added(app1.address, db1.address, 5432, AT_SERVER, { isLate: true });
    expect(late.words).toBe('');
    expect(late.wouldTell).toEqual(['EC2 did not say its rules in time: the same question may show them.']);
  });
});
