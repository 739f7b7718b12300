import { readAddressName } from '../line/address-name.ts';
import { nearest } from '../line/plain-arguments.ts';
import type { Scope } from '../line/standard-arguments.ts';
import { isYoungerThan } from '../time/age.ts';
import { CloudError, type Site } from './cloud.ts';
import type { InterfaceFilter, NameTag, Network, NetworkInterface } from './network.ts';

/** What is called by a name, as far as it may be asked. */
export interface InterfacesOfName {
  /** Those that the name means; more than one where several carry it. */
  readonly interfaces: readonly NetworkInterface[];
  /** The name here that is most like it, where nothing is called so. */
  readonly similar: string | undefined;
  /** What may not be asked, so that there may be more; undefined where everything was. */
  readonly denied: CloudError | undefined;
}

/** Finds interfaces by what people call them. */
export interface InterfacesByName {
  /**
   * Finds what a name, the id of an instance or that of an interface means within a scope. Capital letters count only
   * where names differ in nothing else. @throws CloudError for every fault but a missing permission.
   */
  find(text: string, scope: Scope, signal: AbortSignal): Promise<InterfacesOfName>;
}

/** The cloud whose interfaces are found. */
export interface InterfacesByNameParts {
  readonly sites: (signal: AbortSignal) => Promise<readonly Site[]>;
  readonly now: () => Date;
}

/** What one site says of a name. */
interface SiteFound {
  readonly interfaces: readonly NetworkInterface[];
  readonly tags: readonly NameTag[];
  readonly denied: CloudError | undefined;
}

/** Asks each site once a minute for its names, and once a minute for what a name means. */
export function createInterfacesByName({ sites, now }: InterfacesByNameParts): InterfacesByName {
  const tagsOnceAMinute = remembering<readonly NameTag[]>(now);
  const foundOnceAMinute = remembering<SiteFound>(now);

  async function findAt(
    { account, region, network }: Site,
    text: string,
    signal: AbortSignal,
  ): Promise<SiteFound> {
    const where = `${account} ${region}`;
    const tagsHere = () => tagsOnceAMinute(where, () => network.nameTags(signal));
    return foundOnceAMinute(`${where} ${text}`, () => interfacesCalled(text, network, tagsHere, signal));
  }

  return {
    async find(text, scope, signal) {
      const asked = (await sites(signal)).filter((site) => isWithin(site, scope));
      const found = await Promise.all(asked.map((site) => findAt(site, text, signal)));
      const all = found.flatMap(({ interfaces }) => interfaces);
      const byId = new Map(all.map((each) => [each.id, each]));
      const within = [...byId.values()].filter(({ vpcId }) => (scope.vpc ?? vpcId) === vpcId);
      const names = new Set(found.flatMap(({ tags }) => tags.map(({ name }) => name)));
      const typable = [...names].filter((name) => isTypable(name) && name !== text);
      return {
        interfaces: within,
        similar: within.length === 0 ? nearest(text, typable) : undefined,
        denied: found.find(({ denied }) => denied !== undefined)?.denied,
      };
    },
  };
}

/** A name that is given to something else is seen after this long. */
const FRESH_MS = 60_000;
/** What is remembered must end somewhere, however many names are asked for. */
const MOST_REMEMBERED = 500;

/** Gives what was found under a key within the last minute, or looks for it. What failed is looked for again. */
function remembering<T>(now: () => Date): (key: string, find: () => Promise<T>) => Promise<T> {
  const remembered = new Map<string, { readonly atMs: number; readonly value: T }>();
  return async (key, find) => {
    const before = remembered.get(key);
    if (before !== undefined && isYoungerThan(FRESH_MS, before.atMs, now().getTime())) return before.value;
    const value = await find();
    remembered.delete(key);
    remembered.set(key, { atMs: now().getTime(), value });
    for (const oldest of [...remembered.keys()].slice(0, -MOST_REMEMBERED)) remembered.delete(oldest);
    return value;
  };
}

/** Tags hold any text, but a line only names. */
function isTypable(name: string): boolean {
  return readAddressName({ text: name, quoted: true, dashed: false }) !== undefined;
}

function isWithin({ account, region }: Site, scope: Scope): boolean {
  return (scope.account ?? account) === account && (scope.region ?? region) === region;
}

async function interfacesCalled(
  text: string,
  network: Network,
  tagsHere: () => Promise<readonly NameTag[]>,
  signal: AbortSignal,
): Promise<SiteFound> {
  const ask = (filter: InterfaceFilter) => orDenied(network.interfaces(filter, signal));
  if (text.startsWith('eni-') || text.startsWith('i-')) {
    const byId = await ask(text.startsWith('i-') ? { instanceIds: [text] } : { ids: [text] });
    if (byId.denied !== undefined || byId.value.length > 0)
      return { interfaces: byId.value, tags: [], denied: byId.denied };
  }
  const [tags, balanced] = await Promise.all([
    orDenied(tagsHere()),
    ask({ loadBalancers: [...new Set([text, text.toLowerCase()])] }),
  ]);
  const called = tagsOf(text, tags.value).map(({ id }) => id);
  const [ids, instanceIds] = [withPrefix('eni-', called), withPrefix('i-', called)];
  const none = { value: [], denied: undefined };
  const [own, ofInstances] = await Promise.all([
    ids.length === 0 ? none : ask({ ids }),
    instanceIds.length === 0 ? none : ask({ instanceIds }),
  ]);
  const asked = [tags, balanced, own, ofInstances];
  return {
    interfaces: [...own.value, ...ofInstances.value, ...balanced.value],
    tags: tags.value,
    denied: asked.find(({ denied }) => denied !== undefined)?.denied,
  };
}

/** The tags that are exactly so, or else those that differ only in capital letters. */
function tagsOf(text: string, tags: readonly NameTag[]): readonly NameTag[] {
  const exact = tags.filter(({ name }) => name === text);
  const typed = text.toLowerCase();
  return exact.length > 0 ? exact : tags.filter(({ name }) => name.toLowerCase() === typed);
}

function withPrefix(prefix: string, ids: readonly string[]): readonly string[] {
  return ids.filter((id) => id.startsWith(prefix));
}

/** What was asked for, or nothing where that may not be asked. @throws every other fault. */
async function orDenied<T>(
  asking: Promise<readonly T[]>,
): Promise<{ readonly value: readonly T[]; readonly denied: CloudError | undefined }> {
  try {
    return { value: await asking, denied: undefined };
  } catch (error) {
    if (error instanceof CloudError && error.code === 'denied') return { value: [], denied: error };
    throw error;
  }
}
