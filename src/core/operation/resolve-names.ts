import { UserError } from '../errors.ts';
import type { InterfacesByName, InterfacesOfName } from '../lake/interfaces-by-name.ts';
import type { NetworkInterface } from '../lake/network.ts';
import { type AddressName, isAddressName } from '../line/address-name.ts';
import { parseAddress } from '../line/read-address.ts';
import { standardArguments } from '../line/standard-arguments.ts';
import { writeLine } from '../line/write-line.ts';
import type { FollowUp } from '../query/query.ts';
import type { Question } from '../query/question.ts';
import { inCode, inOneLine, showInteger } from '../wording.ts';

/**
 * Puts addresses in the place of the names of a question: in its arguments and in its line, with a note for each. A
 * question without names stays as it is.
 * @throws UserError for a name that nothing carries or that may not be looked up, AmbiguousName for one that several
 * interfaces carry, CloudError for every other fault of the lookup.
 */
export type ResolveNames = (question: Question, signal: AbortSignal) => Promise<Question>;

/** A name that several interfaces carry: nothing was run. */
export class AmbiguousName extends UserError {
  /** The line for each of the interfaces that may be meant, five at most. */
  readonly offers: readonly FollowUp[];

  constructor(message: string, offers: readonly FollowUp[]) {
    super(message, { hint: 'Nothing was run. Choose one of them, or type its address.' });
    this.offers = offers;
  }
}

/** Looks names up in `interfaces`; undefined where nothing is known but records, as over a folder. */
export function createNameResolver(interfaces: InterfacesByName | undefined): ResolveNames {
  return async (question, signal) => {
    let resolved = question;
    // One after the other: the second name is found among what was asked for the first.
    for (const [argument, name] of namesIn(question)) {
      if (interfaces === undefined) throw unknownHere(name);
      const { scope } = standardArguments(question.args);
      const found = await interfaces.find(name.text, scope, signal);
      resolved = withAddress(resolved, argument, name, found);
    }
    return resolved;
  };
}

function namesIn({ args }: Question): readonly (readonly [argument: string, name: AddressName])[] {
  return Object.entries(args).flatMap(([argument, value]) =>
    isAddressName(value) ? [[argument, value] as const] : [],
  );
}

function withAddress(
  question: Question,
  argument: string,
  name: AddressName,
  found: InterfacesOfName,
): Question {
  const interfaces = found.interfaces.filter(({ addresses }) => addresses.length > 0);
  const [only, ...others] = interfaces;
  if (only === undefined) throw notFound(question, argument, name, found);
  if (others.length > 0) throw ambiguous(question, argument, name, interfaces);
  const note = noteOf(name, only);
  const notes = question.notes.includes(note) ? question.notes : [...question.notes, note];
  return { ...asking(question, { [argument]: rangeOf(only) }), notes };
}

/** A question with other arguments, and the line that says them. */
function asking({ query, args, words, ...rest }: Question, change: Question['args']): Question {
  const changed = { ...args, ...change };
  return { ...rest, query, words, args: changed, line: writeLine(query, changed, words) };
}

/** Where packets go that are meant for the interface; EC2 lists that address first. */
function primaryAddress({ addresses: [primary = ''] }: NetworkInterface): string {
  return primary;
}

function rangeOf(networkInterface: NetworkInterface) {
  const read = parseAddress(primaryAddress(networkInterface));
  if ('value' in read) return read.value;
  throw new RangeError(`EC2 gives ${networkInterface.id} an address that ${read.problem}`);
}

function noteOf({ text }: AddressName, networkInterface: NetworkInterface): string {
  const { id, addresses, publicAddresses } = networkInterface;
  const inside = addresses.filter((address) => !publicAddresses.includes(address));
  // A note is shown as a sentence of its own, whose first letter becomes a capital: a name must not begin it.
  const read = `The name ${text} was read as ${primaryAddress(networkInterface)}`;
  if (inside.length < 2) return read;
  return `${read}, the primary of the ${inside.length} private addresses of ${id}`;
}

const MOST_OFFERED = 5;

function ambiguous(
  question: Question,
  argument: string,
  { text }: AddressName,
  interfaces: readonly NetworkInterface[],
): AmbiguousName {
  const inOrder = interfaces.toSorted(
    (a, b) => compared(a.vpcId, b.vpcId) || compared(primaryAddress(a), primaryAddress(b)),
  );
  const shown = inOrder.slice(0, MOST_OFFERED);
  const called = `${showInteger(interfaces.length)} network interfaces are called ${inCode(text)}`;
  const which = shown.length < interfaces.length ? `; these are ${shown.length} of them.` : ': which one?';
  const offers = shown.map((each) => offerOf(question, argument, text, each, interfaces));
  return new AmbiguousName(`${called}${which}`, offers);
}

function compared(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true });
}

/** The label must show the address, whatever the length of the name. */
const LONGEST_NAME = 16;

/** Networks may use the same addresses: then the line names the network as well. */
function offerOf(
  question: Question,
  argument: string,
  text: string,
  networkInterface: NetworkInterface,
  all: readonly NetworkInterface[],
): FollowUp {
  const { vpcId } = networkInterface;
  const address = primaryAddress(networkInterface);
  const isElsewhere = all.some((each) => each.vpcId !== vpcId && primaryAddress(each) === address);
  const inside = isElsewhere && question.query.args.vpc !== undefined ? { vpc: vpcId } : {};
  return {
    label: `${inOneLine(text, LONGEST_NAME)} ${address} in ${vpcId}`,
    line: asking(question, { [argument]: rangeOf(networkInterface), ...inside }).line,
  };
}

/** What AWS calls hosts looks like a name, and is in no tag. */
const HOST_NAME = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

function notFound(
  question: Question,
  argument: string,
  { text }: AddressName,
  { similar, denied }: InterfacesOfName,
): UserError {
  if (denied !== undefined)
    return new UserError(`${inCode(text)} is a name, and flowlog may not ask EC2 for names.`, {
      hint: `Type its address, or allow ${denied.call}, which is denied.`,
    });
  const isHost = HOST_NAME.test(text) ? ', and flow logs hold no host names' : '';
  const message = `Nothing here is called ${inCode(text)}${isHost}.`;
  if (similar === undefined) return new UserError(message, { hint: 'Type its address.' });
  const meant = { isName: true as const, text: similar };
  return new UserError(`${message} Did you mean ${inCode(similar)}?`, {
    correctedLine: asking(question, { [argument]: meant }).line,
  });
}

function unknownHere({ text }: AddressName): UserError {
  return new UserError(`${inCode(text)} is a name, and a folder of flow logs knows no names.`, {
    hint: 'Type its address.',
  });
}
