import type { Cloud, Site } from '../../src/core/lake/cloud.ts';
import type { Network } from '../../src/core/lake/network.ts';

/** Replaces the ids of the sample in the other region. */
const DIGITS = ['0f10f10f10f1', '0e20e20e20e2'] as const;

/** Where the second site is. */
export const OTHER = { account: '210987654321', region: 'eu-central-1' } as const;

/** An id of the sample as it is called in the other region. */
export function inOther(id: string): string {
  return id.replaceAll(...DIGITS);
}

function inSample(id: string): string {
  return id.replaceAll(DIGITS[1], DIGITS[0]);
}

/** One cloud of two: the first as it is, the network of the second under ids, account and region of its own. */
export function twoSites(first: Cloud, second: Cloud): Cloud {
  return {
    name: 'sample',
    tables: first.tables,
    sites: async (signal) => [...(await first.sites(signal)), ...(await second.sites(signal)).map(elsewhere)],
  };
}

function elsewhere(site: Site): Site {
  return {
    ...site,
    ...OTHER,
    network: renamed(site.network),
    flowLogs: { ...site.flowLogs, ...described(site) },
  };
}

function renamed(network: Network): Network {
  return {
    async resource(id, signal) {
      if (!id.includes(DIGITS[1])) return undefined;
      const found = await network.resource(inSample(id), signal);
      return (
        found && {
          ...found,
          id,
          vpcId: inOther(found.vpcId),
          subnetId: found.subnetId && inOther(found.subnetId),
        }
      );
    },
    async nameTags(signal) {
      return (await network.nameTags(signal)).map(({ id, name }) => ({ id: inOther(id), name }));
    },
    async subnets(signal) {
      const found = await network.subnets(signal);
      return found.map((each) => ({ ...each, id: inOther(each.id), vpcId: inOther(each.vpcId) }));
    },
    async tagsOf(ids, signal) {
      const own = ids.filter((id) => id.includes(DIGITS[1])).map(inSample);
      return (await network.tagsOf(own, signal)).map((tag) => ({ ...tag, id: inOther(tag.id) }));
    },
    async interfaces({ addresses, loadBalancers, ...filter }, signal) {
      const ids = Object.fromEntries(
        Object.entries(filter).map(([name, each]) => [name, each.map(inSample)]),
      );
      const others = { ...(addresses && { addresses }), ...(loadBalancers && { loadBalancers }) };
      const found = await network.interfaces({ ...ids, ...others }, signal);
      const asked = Object.values(filter).flat();
      return asked.some((id) => !id.includes(DIGITS[1]))
        ? []
        : found.map((each) => ({
            ...each,
            id: inOther(each.id),
            vpcId: inOther(each.vpcId),
            subnetId: inOther(each.subnetId),
            securityGroups: each.securityGroups.map((group) => ({ ...group, id: inOther(group.id) })),
          }));
    },
    async rulesOf(interfaces, signal) {
      const { prefixLists, ...rules } = await network.rulesOf(interfaces, signal);
      const lists = [...prefixLists].map(([id, blocks]) => [inOther(id), blocks] as const);
      const others = JSON.parse(inOther(JSON.stringify(rules))) as typeof rules;
      return { ...others, region: OTHER.region, prefixLists: new Map(lists) };
    },
  };
}

function described({ flowLogs }: Site): Pick<Site['flowLogs'], 'describe'> {
  return {
    async describe({ ids, ...rest }, signal) {
      const found = await flowLogs.describe({ ...(ids && { ids: ids.map(inSample) }), ...rest }, signal);
      return found.map((each) => ({ ...each, id: inOther(each.id), resourceId: inOther(each.resourceId) }));
    },
  };
}
