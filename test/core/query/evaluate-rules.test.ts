import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anInterface } from '../../support/an-interface.ts';
import {
  ALL,
  APP,
  anAcl,
  aTable,
  DB,
  entry,
  evaluated,
  LAST,
  rule,
  rulesWith,
  tcp,
} from '../../support/ruled-network.ts';

const places = (evaluation: ReturnType<typeof evaluated>) =>
  evaluation.checks.map(({ where, kind, direction, isReply }) =>
    [where, kind, direction, ...(isReply ? ['reply'] : [])].join(' '),
  );

describe('the checks', () => {
  it('come in the order in which packets meet them', () => {
    const evaluation = evaluated();
    expect(places(evaluation)).toEqual([
      'client security group outbound',
      'client network ACL outbound',
      'client route outbound',
      'server network ACL inbound',
      'server security group inbound',
      'server network ACL outbound reply',
      'server route outbound reply',
      'client network ACL inbound reply',
    ]);
    expect(evaluation).toMatchObject({ verdict: 'allowed', deciding: undefined });
  });

  it('leave network ACLs and routes out within a subnet', () => {
    const neighbour = anInterface({ ...DB, subnetId: APP.subnetId });
    expect(places(evaluated({ networkAcls: [] }, { server: neighbour }))).toEqual([
      'client security group outbound',
      'server security group inbound',
    ]);
    expect(places(evaluated({}, { client: '10.0.21.99' }))).toEqual(['server security group inbound']);
    expect(places(evaluated({}, { server: '10.0.11.99' }))).toEqual(['client security group outbound']);
  });

  it('are those of the one end that is ours', () => {
    expect(places(evaluated({}, { client: '198.51.100.7' }))).toEqual([
      'server network ACL inbound',
      'server security group inbound',
      'server network ACL outbound reply',
      'server route outbound reply',
    ]);
    expect(places(evaluated({}, { server: '198.51.100.7' }))).toEqual([
      'client security group outbound',
      'client network ACL outbound',
      'client route outbound',
      'client network ACL inbound reply',
    ]);
  });

  it('are none where neither end is ours, and then nothing is known', () => {
    expect(evaluated({}, { client: '192.0.2.1', server: '192.0.2.2' })).toEqual({
      verdict: 'unknown',
      checks: [],
      deciding: undefined,
    });
  });

  it('name the page of the console', () => {
    expect(evaluated().checks.map((check) => check.consoleUrl?.split('#')[1])).toEqual([
      'SecurityGroup:groupId=sg-0c3',
      'NetworkAclDetails:networkAclId=acl-0a1',
      'RouteTableDetails:RouteTableId=rtb-0a1',
      'NetworkAclDetails:networkAclId=acl-0d1',
      'SecurityGroup:groupId=sg-0a1',
      'NetworkAclDetails:networkAclId=acl-0d1',
      'RouteTableDetails:RouteTableId=rtb-0d1',
      'NetworkAclDetails:networkAclId=acl-0a1',
    ]);
  });
});

describe('the verdict', () => {
  const half = anAcl('acl-0d1', 'subnet-db', {
    outbound: [entry(100, 'allow', '0.0.0.0/0', tcp(32_768, 65_535)), ...LAST],
  });
  const acls = { networkAcls: [anAcl('acl-0a1', 'subnet-app'), half] };

  it('is that of the worst check, and the first that is so bad decides', () => {
    const unknown = evaluated({ securityGroups: undefined });
    expect(unknown).toMatchObject({
      verdict: 'unknown',
      deciding: { where: 'client', kind: 'security group' },
    });
    const partly = evaluated({ ...acls, securityGroups: undefined });
    expect(partly).toMatchObject({ verdict: 'partly', deciding: { where: 'server', kind: 'network ACL' } });
    const denied = evaluated({
      ...acls,
      routeTables: [aTable('rtb-0a1', ['subnet-app'])].map((table) => ({ ...table, routes: [] })),
    });
    expect(denied).toMatchObject({ verdict: 'denied', deciding: { where: 'client', kind: 'route' } });
  });

  it('never gets worse by a rule more that allows', () => {
    const anyTraffic = fc.oneof(
      fc.constant(ALL),
      fc.tuple(fc.nat(65_535), fc.nat(65_535)).map(([a, b]) => tcp(Math.min(a, b), Math.max(a, b))),
    );
    const anyRule = fc
      .tuple(
        anyTraffic,
        fc.constantFrom('10.0.0.0/8', '0.0.0.0/0', '192.0.2.0/24', 'sg-0c3', 'sg-0f9', 'pl-0a1'),
      )
      .map(([traffic, peer]) => rule(traffic, peer));
    const worth = { allowed: 3, partly: 2, unknown: 1, denied: 0 };
    fc.assert(
      fc.property(
        fc.array(anyRule, { maxLength: 4 }),
        anyRule,
        fc.option(fc.nat(65_535)),
        (rules, more, port) => {
          const verdict = (inbound: typeof rules) =>
            evaluated(
              {
                securityGroups: rulesWith().securityGroups?.map((group) =>
                  group.id === 'sg-0a1' ? { ...group, inbound } : group,
                ),
              },
              { port: port ?? undefined },
            ).checks.find((check) => check.where === 'server' && check.kind === 'security group')?.verdict ??
            'denied';
          const before = verdict(rules);
          const after = verdict([...rules, more]);
          if (before === 'allowed') expect(after).toBe('allowed');
          if (before !== 'denied') expect(after).not.toBe('denied');
          expect(worth[after]).toBeGreaterThanOrEqual(before === 'partly' ? worth.unknown : worth[before]);
        },
      ),
    );
  });
});
