import ipaddr from 'ipaddr.js';
import type { NotUnderstood } from '../args/arg.ts';

interface Refusal {
  readonly when: RegExp;
  readonly problem: string;
  /** The word to type instead, from the match; the example where the word tells nothing. */
  readonly instead?: (match: RegExpExecArray) => string | undefined;
}

const REFUSALS: readonly Refusal[] = [
  { when: /^eni-/i, problem: 'is a network interface, not an address' },
  { when: /^i-/i, problem: 'is an instance, not an address' },
  { when: /^(?:vpc|subnet|sg|nat|tgw)-/i, problem: 'is the id of an AWS resource, not an address' },
  {
    when: /^([0-9a-f:.]*:[0-9a-f:.]*)%/i,
    problem: 'has a zone id, which flow logs do not carry',
    instead: ([, host]) => host,
  },
  {
    when: /^(\d+\.\d+\.\d+\.\d+)\/(\d+\.\d+\.\d+\.\d+)$/,
    problem: 'has a mask where a prefix length is needed',
    instead: masked,
  },
  {
    when: /^(\d+\.\d+\.\d+\.\d+)[-–]/,
    problem: 'is a range, which must be given as a CIDR',
    instead: ([, first]) => first,
  },
  {
    when: /^\[?(\d+\.\d+\.\d+\.\d+|[0-9a-f:]+(?=\]))\]?:\d+$/i,
    problem: 'carries a port, which is given on its own',
    instead: ([, host]) => host,
  },
  {
    when: /^(\d+\.\d+\.\d+\.\d+)[^\d./:]+$/,
    problem: 'has something behind the address',
    instead: ([, host]) => host,
  },
  {
    when: /^\d+(?:\.\d+){3}\/\S*$/,
    problem: 'has no prefix length from 0 to 32',
    instead: ([whole]) => whole.split('/')[0],
  },
  {
    when: /^\d+(?:\.\d+){3}$/,
    problem: 'has a part that is not from 0 to 255',
    instead: ([whole]) => nearParts(whole),
  },
  {
    when: /^\d+(?:\.\d+){1,2}\.?$/,
    problem: 'has fewer than four parts',
    instead: ([whole]) => block(whole),
  },
  {
    when: /^\d+(?:\.\d+){4,}$/,
    problem: 'has more than four parts',
    instead: ([whole]) => whole.split('.').slice(0, 4).join('.'),
  },
  { when: /^[0-9a-f.]*:[0-9a-f:./]*$/i, problem: 'is not an IPv6 address', instead: () => '2001:db8::1' },
  {
    when: /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+\.?$/i,
    problem: 'is a host name, and flow logs hold only addresses',
  },
];

/** Says what is wrong with a word that is no address, and the address that was most likely meant. */
export function refuseAddress(word: string, example: string): NotUnderstood {
  for (const { when, problem, instead } of REFUSALS) {
    const match = when.exec(word.slice(0, 100));
    if (!match) continue;
    const meant = instead?.(match);
    return { problem, instead: meant !== undefined && isAddress(meant) ? meant : example };
  }
  return { problem: 'is not an address', instead: example };
}

function isAddress(word: string): boolean {
  const [host = ''] = word.split('/');
  return ipaddr.IPv4.isValidFourPartDecimal(host) || (host.includes(':') && ipaddr.IPv6.isValid(host));
}

/** `10.1.2.300` was most likely a finger too many: `10.1.2.30`; `10.01.2.3` is `10.1.2.3`. */
function nearParts(word: string): string {
  const parts = word.split('.').map((part) => part.replace(/^0+(?=\d)/, ''));
  return parts
    .map((part) => (Number(part) > 255 ? part.slice(0, Number(part.slice(0, 3)) > 255 ? 2 : 3) : part))
    .join('.');
}

/** `10.1` is how people write the block of all addresses that begin so. */
function block(word: string): string {
  const parts = word.split('.').filter((part) => part !== '');
  const missing = 4 - parts.length;
  return `${[...parts, ...Array<string>(missing).fill('0')].join('.')}/${parts.length * 8}`;
}

function masked([, host, mask = '']: RegExpExecArray): string | undefined {
  const bits = ipaddr.IPv4.isValidFourPartDecimal(mask)
    ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask()
    : null;
  return bits === null ? host : `${host}/${bits}`;
}
