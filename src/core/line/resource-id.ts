import type { Kind } from './argument.ts';

/** AWS's ids have 17 hexadecimal digits since 2018; what is older keeps its 8. */
const DIGITS = '(?:[0-9a-f]{8}|[0-9a-f]{17})';
const EXAMPLE_DIGITS = '0a1b2c3d4e5f60718';

/** The ids that a line can hold, by their prefix. */
export const RESOURCE_NOUNS = {
  fl: 'flow log',
  vpc: 'VPC',
  subnet: 'subnet',
  eni: 'network interface',
  i: 'instance',
  tgw: 'transit gateway',
} as const;

/** The prefix of an id. */
export type ResourcePrefix = keyof typeof RESOURCE_NOUNS;

/** The id of something in AWS that is of one of these kinds: `resourceId('vpc', 'subnet')`. */
export function resourceId(first: ResourcePrefix, ...others: readonly ResourcePrefix[]): Kind<string> {
  const prefixes = [first, ...others];
  const pattern = new RegExp(`^(?:${prefixes.join('|')})-${DIGITS}$`);
  const nouns = listed(prefixes.map((prefix) => RESOURCE_NOUNS[prefix]));
  const example = `${first}-${EXAMPLE_DIGITS}`;
  return {
    hint: others.length === 0 ? first : 'id',
    about: `the id of a ${nouns}`,
    example,
    distinct: true,
    read: (word) => {
      const value = word.toLowerCase();
      if (pattern.test(value)) return { value };
      const begun = prefixes.find((prefix) => value.startsWith(`${prefix}-`));
      if (begun === undefined) return { problem: `is not the id of a ${nouns}` };
      const problem = `is not the id of a ${RESOURCE_NOUNS[begun]}, which has 8 or 17 hexadecimal digits after ${begun}-`;
      return { problem };
    },
    write: (value) => value,
  };
}

/** `VPC, subnet or instance`. */
function listed(nouns: readonly string[]): string {
  return [nouns.slice(0, -1).join(', '), ...nouns.slice(-1)].filter((part) => part !== '').join(' or ');
}
