import { catalog } from '../../../src/catalog/index.ts';
import { exampleLine } from '../../../src/core/line/write-line.ts';
import type { CannedQuery } from '../../../src/core/query/query.ts';

const ADDRESS = /\b\d+\.\d+\.\d+\.\d+(\/\d+)?/g;

/** Options that narrow down most questions, each by itself. */
const OPTIONS = ['port=443', 'action=reject'];

/**
 * Lines for every query of the catalog: about each of the addresses in turn, blocks of both families among them, and with
 * each option that the query takes.
 */
export function catalogLines(addresses: readonly string[], window: string): readonly string[] {
  return catalog.flatMap((query) => linesOf(query, addresses).map((line) => `${line} ${window}`));
}

function linesOf(query: CannedQuery, addresses: readonly string[]): readonly string[] {
  const example = exampleLine(query).replace(/ last \S+$/, '');
  const about = (index: number) => {
    let next = index;
    return example.replace(ADDRESS, () => addresses[next++ % addresses.length] ?? '');
  };
  // A question about one address, or one a side, takes no block.
  const isTaken = (line: string) => !line.includes('/') || !['why', 'who'].includes(query.name);
  const subjects = ADDRESS.test(example)
    ? addresses.map((_, index) => about(index))
    : [example, ...addresses.slice(0, 1).flatMap((address) => withAddress(query, address))];
  const options = OPTIONS.filter((option) => query.args[option.split('=')[0] ?? ''] !== undefined);
  return [...new Set([...subjects, ...options.map((option) => `${about(0)} ${option}`)])].filter(isTaken);
}

/** A question that need not have an address, about one. */
function withAddress({ name, args }: CannedQuery, address: string): readonly string[] {
  return args.addr === undefined ? [] : [`${name} ${address}`];
}
