import { beforeEach, describe, expect, it } from 'vitest';
import type { Network } from '../../../src/core/lake/network.ts';
import { evaluateRules, type RuleEvaluation } from '../../../src/core/query/evaluate-rules.ts';
import type { ConversationEnd } from '../../../src/core/query/rules/check.ts';
import { createSampleCloud } from '../../../src/playground/aws/cloud/sample-cloud.ts';
import { createStateFile } from '../../../src/playground/aws/cloud/sample-state.ts';
import { HOSTS } from '../../../src/playground/aws/network.ts';
import { PLANTED } from '../../../src/playground/aws/planted.ts';
import { SAMPLE_RULES } from '../../../src/playground/aws/sample-rules.ts';
import type { Exchange } from '../../../src/playground/aws/traffic/exchange.ts';
import { minuteExchanges } from '../../../src/playground/aws/traffic/minute-records.ts';
import { momentOf } from '../../../src/playground/aws/traffic/moment.ts';
import { newId } from '../../support/given-sample.ts';
import { tempFolder } from '../../support/open-local-lake.ts';
import { STARTED } from '../../support/sample-template.ts';
import { textOf } from '../../support/text-of.ts';

const { signal } = new AbortController();
const ANCHOR = Math.floor(STARTED.getTime() / 60_000);

let network: Network;
beforeEach(async () => {
  const folder = await tempFolder('rules');
  const cloud = createSampleCloud({ folder, state: createStateFile(folder), now: () => STARTED, newId });
  const [site] = await cloud.sites(signal);
  if (site === undefined) throw new RangeError('the sample has no site');
  network = site.network;
});

async function endOf(address: string): Promise<ConversationEnd> {
  const [networkInterface] = await network.interfaces({ addresses: [address] }, signal);
  if (networkInterface === undefined) return { address, ours: undefined };
  return { address, ours: { networkInterface, rules: await network.rulesOf([networkInterface], signal) } };
}

async function evaluated({ client, server, protocol }: Exchange): Promise<RuleEvaluation> {
  return evaluateRules({
    protocol,
    port: server.port,
    client: await endOf(client.address),
    server: await endOf(server.address),
  });
}

/** One exchange of each conversation that went on in minutes, counted from the anchor. */
function conversations(fromMinute: number, untilMinute: number): readonly Exchange[] {
  const minutes = Array.from({ length: untilMinute - fromMinute }, (_, index) => fromMinute + index);
  const all = minutes.flatMap((minute) => minuteExchanges(momentOf(1, ANCHOR, ANCHOR + minute)));
  const key = ({ client, server, protocol, denied }: Exchange) =>
    [client.address, server.address, server.port, protocol, denied].join(' ');
  return [...new Map(all.map((exchange) => [key(exchange), exchange])).values()];
}

const shown = ({ client, server, protocol }: Exchange) =>
  `${client.address} to ${server.address} port ${server.port} protocol ${protocol}`;

describe('the rules of the sample network', () => {
  // From when on the rules are those of now; what is planted before they changed is looked at below.
  const changed = PLANTED.droppedReplies.fromMinute;

  it('allow every conversation that the sample has after they changed, and nothing is unknown', async () => {
    const healthy = conversations(changed, 30).filter(({ denied }) => denied === undefined);
    expect(healthy.length).toBeGreaterThan(150);
    const verdicts = await Promise.all(
      healthy.map(async (exchange) => `${shown(exchange)}: ${(await evaluated(exchange)).verdict}`),
    );
    expect(verdicts.filter((each) => !each.endsWith(': allowed'))).toEqual([]);
  });

  it('allow the attack, the upload and the report that were accepted', async () => {
    const { passwordGuessing, upload, report } = PLANTED;
    const servers = [passwordGuessing, upload, report].map(({ server, port }) => `${server} ${port}`);
    const accepted = conversations(-40, 0).filter(({ server }) =>
      servers.includes(`${server.address} ${server.port}`),
    );
    const clients = [...passwordGuessing.clients, ...upload.clients, ...report.clients];
    for (const exchange of accepted.filter(({ client }) => clients.includes(client.address)))
      expect((await evaluated(exchange)).verdict).toBe('allowed');
  });

  it('deny every request that was rejected at the security group of the server, and name it', async () => {
    const rejected = conversations(-40, 30).filter(({ denied }) => denied === 'request');
    expect(rejected.length).toBeGreaterThan(400);
    for (const exchange of rejected) {
      const { verdict, deciding } = await evaluated(exchange);
      expect(verdict).toBe('denied');
      expect(deciding).toMatchObject({ where: 'server', kind: 'security group', direction: 'inbound' });
    }
  });

  it.each([
    ['app-1', HOSTS.app1.address],
    ['app-2', HOSTS.app2.address],
  ])('name the group that %s lost in the deploy', async (_, client) => {
    const [denied] = conversations(-40, 0).filter(
      (each) => each.client.address === client && each.server.port === 5432 && each.denied === 'request',
    );
    const { deciding } = await evaluated(denied as Exchange);
    expect(textOf(deciding?.sentence ?? [])).toBe(
      `no inbound rule of sg-0f10f10f10f100004 (shop-db) allows tcp 5432 from ${client}; ` +
        'sg-0f10f10f10f100009 (shop-db-clients) and sg-0f10f10f10f100007 (ops-internal) would be allowed, ' +
        `and are not attached to ${client}`,
    );
  });

  it('name the rule that drops the replies of cache-1 to web-2, and to no other client', async () => {
    const denied = conversations(-40, 0).filter((each) => each.denied === 'reply');
    expect(denied.map(shown)).toEqual([
      `${HOSTS.web2.address} to ${HOSTS.cache1.address} port 6379 protocol 6`,
    ]);
    const { verdict, deciding } = await evaluated(denied[0] as Exchange);
    expect(verdict).toBe('denied');
    expect(textOf(deciding?.sentence ?? [])).toBe(
      'rule 90 of acl-0f10f10f10f100002 (data-b) denies tcp 1024-65535 to 10.0.12.16/28, which replies need',
    );
  });

  it('allow the silent port: there is nothing that listens', async () => {
    const { clients, server, port } = PLANTED.silentPort;
    const [client = ''] = clients;
    const [exchange] = conversations(-20, 0).filter(
      (each) => each.client.address === client && each.server.address === server && each.server.port === port,
    );
    expect((await evaluated(exchange as Exchange)).verdict).toBe('allowed');
  });

  it('have ids that are well formed, and groups for all that interfaces carry', () => {
    const { securityGroups = [], networkAcls = [], routeTables = [], prefixLists } = SAMPLE_RULES;
    const ids = [...securityGroups, ...networkAcls, ...routeTables].map(({ id }) => id);
    const targets = routeTables.flatMap(({ routes }) => routes.map(({ targetId }) => targetId));
    for (const id of [...ids, ...prefixLists.keys(), ...targets.filter((each) => each !== 'local')])
      expect(id).toMatch(/^[a-z]+-0f10f10f10f1[0-9a-f]{5}$/);
    expect(new Set(ids).size).toBe(ids.length);
    const carried = Object.values(HOSTS).flatMap((host) => host.securityGroups.map(({ groupId }) => groupId));
    expect(carried.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('give every subnet a network ACL and a route table', () => {
    const { networkAcls = [], routeTables = [], subnets = [] } = SAMPLE_RULES;
    for (const { id } of subnets) {
      expect(networkAcls.filter(({ subnetIds }) => subnetIds.includes(id))).toHaveLength(1);
      expect(routeTables.filter(({ subnetIds }) => subnetIds.includes(id)).length).toBeLessThan(2);
    }
    expect(routeTables.filter(({ isMain }) => isMain)).toHaveLength(1);
  });
});
