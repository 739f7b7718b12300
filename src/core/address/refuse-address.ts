import type { NotUnderstood } from '../args/arg.ts';
import { sameAddress } from './same-address.ts';

interface Refusal {
  readonly when: RegExp;
  readonly problem: string;
}

const REFUSALS: readonly Refusal[] = [
  { when: /^eni-/i, problem: 'is a network interface, not an address' },
  { when: /^i-/i, problem: 'is an instance, not an address' },
  { when: /^(?:vpc|subnet|sg|nat|tgw)-/i, problem: 'is the id of an AWS resource, not an address' },
  { when: /^[0-9a-f:.]*:[0-9a-f:.]*%/i, problem: 'has a zone id, which flow logs do not carry' },
  { when: /^(?:\d+\.){3}\d+\/(?:\d+\.){3}\d+$/, problem: 'has a mask where a prefix length is needed' },
  { when: /^(?:\d+\.){3}\d+[-–]/, problem: 'is a range, which must be given as a CIDR' },
  {
    when: /^(?:\d+\.){3}\d+:\d+$|^\[[0-9a-f:.]+\]:\d+$/i,
    problem: 'carries a port, which is given on its own',
  },
  { when: /^(?:\d+\.){3}\d+\/\S*$/, problem: 'has no prefix length from 0 to 32' },
  {
    when: /^(?:\d+\.){3}(?:\d+\.)?[*x]$|^(?:\d+\.){1,3}[*x](?:\.[*x])*$/i,
    problem: 'is a pattern, not a CIDR',
  },
  { when: /^(?:\d+\.){3}\d+[^\d./:]+$/, problem: 'has something behind the address' },
  { when: /^\d+(?:\.\d+){3}$/, problem: 'has a part that is not from 0 to 255' },
  { when: /^\d+(?:\.\d+){1,2}\.?$/, problem: 'has fewer than four parts' },
  { when: /^\d+(?:\.\d+){4,}$/, problem: 'has more than four parts' },
  { when: /^[0-9a-f.]*:[0-9a-f:./]*$/i, problem: 'is not an IPv6 address' },
  {
    when: /^(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+\.?$/i,
    problem: 'is a host name, and flow logs hold only addresses',
  },
];

/** The longest word that is looked at: longer ones are no address in any writing. */
const LONGEST = 100;

/** Says what is wrong with a word that is no address, and the address or block that it means where it means one. */
export function refuseAddress(word: string): NotUnderstood {
  const looked = word.slice(0, LONGEST);
  const problem = REFUSALS.find(({ when }) => when.test(looked))?.problem ?? 'is not an address';
  return { problem, instead: word.length > LONGEST ? undefined : sameAddress(word) };
}
