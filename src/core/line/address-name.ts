import { meaningOf } from './free-words.ts';
import { RESERVED_WORDS } from './phrases.ts';
import { isSlip } from './plain-arguments.ts';
import type { Token } from './tokens.ts';

/**
 * What was typed where an address is expected and is looked up before anything is read: the name of something, the id
 * of an instance (`i-…`) or of a network interface (`eni-…`).
 */
export interface AddressName {
  readonly isName: true;
  /** As typed, but ids in lower case. */
  readonly text: string;
}

/** Whether the value of an argument is still to be looked up. */
export function isAddressName(value: unknown): value is AddressName {
  return typeof value === 'object' && value !== null && 'isName' in value;
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
const OWNER_ID = /^(?:i|eni)-(?:[0-9a-f]{8}|[0-9a-f]{17})$/i;
/** Ids, also those with too few digits: what AWS calls so has no address, or is mistyped. */
const LIKE_AN_ID = /^(?:(?:i|eni)-[0-9a-f]+|(?:vpc|subnet|sg|nat|tgw|acl|rtb|vpce|igw)-[0-9a-f]{8,17})$/i;

/** The longest value of a tag is 256 characters; one is left for what AWS puts around names. */
const BARE_NAME = /^[a-z][a-z0-9._/-]{0,253}[a-z0-9]$/i;
/** EC2 reads `*` and `?` in names as wildcards, so that they are in none. */
const QUOTED_NAME = /^\p{L}[\p{L}\p{N} +=._/@-]{0,254}$/u;

/** Words that turn a question around, which must never be taken for a name. */
const TURNING =
  'not no nor none never or but without except excluding exclude ignoring ignore minus outside inside';
/** Words that are no name in any network; `null` is what a row without an address has. */
const NO_NAMES_ANYWHERE = 'here localhost refused null undefined';
const NOT_A_NAME: ReadonlySet<string> = new Set(`${TURNING} ${NO_NAMES_ANYWHERE}`.split(' '));

/** Words that say what follows; one letter less or more is a slip of the finger and no name. */
const KEYWORDS: readonly string[] = [
  ...'last since until till around today yesterday between from with port ports'.split(' '),
  ...'accept accepted reject rejected allow allowed deny denied blocked dropped'.split(' '),
  ...'traffic records timeline talkers gaps'.split(' '),
];
const SHORTEST_SLIP = 4;

/**
 * Reads a word as something that is looked up; undefined for a word of the grammar, for one that is likely one with a
 * slip of the finger, and for what nothing is called. In quotes every name is one.
 */
export function readAddressName({ text, quoted, dashed }: Token): AddressName | undefined {
  if (quoted) return QUOTED_NAME.test(text) ? { isName: true, text } : undefined;
  if (OWNER_ID.test(text)) return { isName: true, text: text.toLowerCase() };
  return !dashed && isBareName(text) ? { isName: true, text } : undefined;
}

/** Whether a name is read as one without quotes. */
export function isBareName(text: string): boolean {
  if (OWNER_ID.test(text)) return true;
  const typed = text.toLowerCase();
  if (!BARE_NAME.test(text) || LIKE_AN_ID.test(text) || NOT_A_NAME.has(typed)) return false;
  if (meaningOf(typed) !== undefined || RESERVED_WORDS.has(typed)) return false;
  const mayBeSlip = typed.length >= SHORTEST_SLIP && /^[a-z]+$/.test(typed);
  return !mayBeSlip || !KEYWORDS.some((keyword) => isSlip(typed, keyword));
}

/** Whether a word looks like a name by itself, as `db-1` does and `web` does not. */
export function looksLikeName(text: string): boolean {
  return isBareName(text) && /[\d._/-]/.test(text);
}
