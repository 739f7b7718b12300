import { isInternal, parsedAddress } from '../flow-log/addresses.ts';
import { isRecognised } from '../reading.ts';
import { parseAddress } from './read-address.ts';

/** An address, a block, an id or a known name that a text mentions. */
export interface MentionedHost {
  /** As a line takes it: canonical addresses, ids in lower case, names as they are known. */
  readonly text: string;
  /** The port that the text writes with it. */
  readonly port?: number | undefined;
  /** The end of a connection that the text says it is. */
  readonly end?: 'client' | 'server' | undefined;
}

/** Where in a text something is mentioned. */
interface Mention {
  readonly at: number;
  readonly text: string;
  readonly port: number | undefined;
}

/**
 * The hosts of a text, each once, in their order. Only what the text writes as one: an address is never made of a version
 * (`1.2.3.4-rc1`, `Chrome/120.0.0.0`), a time or a longer number, and what no flow log records (loopback, multicast) is left out.
 */
export function hostsIn(text: string, names: ReadonlySet<string>): readonly MentionedHost[] {
  const mentions = [...addressesIn(text), ...idsIn(text), ...namesIn(text, names)];
  const hosts = new Map<string, MentionedHost>();
  for (const { at, text: host, port } of mentions.toSorted((one, other) => one.at - other.at)) {
    const known = hosts.get(host);
    hosts.set(host, {
      text: host,
      port: known?.port ?? port,
      end: known?.end ?? endSaidBefore(text.slice(Math.max(0, at - LONGEST_CONTEXT), at)),
    });
  }
  return [...hosts.values()];
}

const LONGEST_CONTEXT = 48;

/** Not within a longer word, number or version; a port or a prefix length may follow. */
const IPV4 =
  /(?<![\w.~+^%-])(\d{1,3}(?:\.\d{1,3}){3})(?:(\/\d{1,2})(?![\w.]))?(?::(\d{1,5})(?![\w.]))?(?![\w~+]|-\w|\.\w|:\d)/g;
/** What AWS calls hosts by: `ip-10-0-1-5.ec2.internal`. */
const PRIVATE_DNS = /(?<![\w.-])ip-(\d{1,3}(?:-\d{1,3}){3})(?![\w-])/gi;
const BRACKETED_IPV6 = /(?<!\w)\[([0-9a-f:.]{2,45})\](?::(\d{1,5})(?!\w))?/gi;
const IPV6 = /(?<![\w:.[])([0-9a-f]{1,4}(?::[0-9a-f.]{0,15}){2,8})(\/\d{1,3}(?!\w))?(?![\w:])/gi;

function addressesIn(text: string): readonly Mention[] {
  const before = (at: number) => text.slice(Math.max(0, at - LONGEST_CONTEXT), at);
  return [
    ...[...text.matchAll(IPV4)].flatMap(({ index, 1: host = '', 2: bits = '', 3: port }) =>
      mentionOf(index, host, bits, port).filter(() => !isVersion(before(index), host, port)),
    ),
    ...[...text.matchAll(PRIVATE_DNS)].flatMap(({ index, 1: host = '' }) =>
      mentionOf(index, host.replaceAll('-', '.'), '', undefined),
    ),
    ...[...text.matchAll(BRACKETED_IPV6)].flatMap(({ index, 1: host = '', 2: port }) =>
      ipv6Mention(index, host, '', port),
    ),
    ...[...text.matchAll(IPV6)].flatMap(({ index, 1: host = '', 2: bits = '' }) =>
      ipv6Mention(index, host.replace(/(?<!:):$|\.$/, ''), bits, undefined),
    ),
  ];
}

function ipv6Mention(at: number, host: string, bits: string, port: string | undefined): readonly Mention[] {
  return IPV6_OF_NETWORKS.test(host) ? mentionOf(at, host, bits, port) : [];
}

/**
 * Global addresses, those of one network (fc00::/7, with a digit in them: `fade::feed` is code), and IPv4 in IPv6 clothes.
 * Other groups of hexadecimal digits are times, hardware addresses or names of code.
 */
const IPV6_OF_NETWORKS = /^(?:[23][0-9a-f]{3}:|(?=\D*\d)f[cd][0-9a-f]{2}:|64:ff9b:|::ffff:\d)/i;

function mentionOf(at: number, host: string, bits: string, port: string | undefined): readonly Mention[] {
  const block = parseAddress(`${host}${bits}`);
  const read = isRecognised(block) ? block : parseAddress(host);
  if (!isRecognised(read) || !isInLogs(read.value.text)) return [];
  return [{ at, text: read.value.text, port: portOf(port) }];
}

const NOT_IN_LOGS: ReadonlySet<string> = new Set([
  ...['unspecified', 'loopback', 'multicast', 'broadcast', 'linkLocal'],
]);

/** Masks and what else begins with 240 or more is no host. */
function isInLogs(address: string): boolean {
  const [host = ''] = address.split('/');
  return !NOT_IN_LOGS.has(parsedAddress(host).range()) && !/^2[45]\d\./.test(host);
}

/** Words behind which four numbers are a version, and not an address. */
const VERSION_WORD =
  /(?:versions?|ver|releases?|build|rev|revision|firmware|chart|tag)["'`)]*\s*[:=>]{0,2}\s*["'`(]*$/i;
const VERSION_CHANGE = /\b(?:upgrad|downgrad|bump|roll(?:ed|ing)? ?back)\w*\b[^\n]*$/i;
const VERSION_SIGN = /(?:[=~<>!]=|~>|\^)\s*["'`]?$/;
const IMAGE_TAG = /\w\/[\w./-]+:$|\w\/[\w./-]*@$/;
const PRODUCT = /(?<![/:\w])([A-Za-z][\w.+-]*)\/$/;
const PACKAGE = /\w@$/;

function isVersion(before: string, host: string, port: string | undefined): boolean {
  if ([VERSION_WORD, VERSION_CHANGE, VERSION_SIGN, IMAGE_TAG].some((sign) => sign.test(before))) return true;
  const isOutside = !isInternal(host);
  if (PACKAGE.test(before)) return isOutside;
  // Java writes `db-1/10.0.12.41:5432` of a host; `Chrome/120.0.0.0` is a product.
  const product = PRODUCT.exec(before)?.[1];
  if (product === undefined || port !== undefined) return false;
  return isOutside || !/[\d.-]/.test(product);
}

const HIGHEST_PORT = 65_535;

function portOf(text: string | undefined): number | undefined {
  const port = Number(text);
  return text !== undefined && port > 0 && port <= HIGHEST_PORT ? port : undefined;
}

const RESOURCE_ID = /(?<![\w-])(?:eni|i)-(?:[0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/gi;

function idsIn(text: string): readonly Mention[] {
  return [...text.matchAll(RESOURCE_ID)].map(({ index, 0: id }) => ({
    at: index,
    text: id.toLowerCase(),
    port: undefined,
  }));
}

const LIKE_A_NAME = /(?<![\w.-])([a-z][\w.-]*[a-z0-9])(?::(\d{1,5})(?!\w))?(?![\w-])/gi;

/** A name of plain letters is also a word (`api`, `web`): it counts only where a port is written with it. */
function namesIn(text: string, names: ReadonlySet<string>): readonly Mention[] {
  if (names.size === 0) return [];
  const known = new Map([...names].map((name) => [name.toLowerCase(), name]));
  return [...text.matchAll(LIKE_A_NAME)].flatMap(({ index, 1: word = '', 2: port }) => {
    const name = names.has(word) ? word : known.get(word.toLowerCase());
    const isWord = /^[a-z]+$/i.test(word) && port === undefined;
    return name === undefined || isWord ? [] : [{ at: index, text: name, port: portOf(port) }];
  });
}

const BETWEEN = String.raw`[\w.]*["'\`]?\s*[:=]?\s*["'\`(<[]*(?:(?:tcp|udp|host|address)\W{1,3})?$`;
const CLIENT_SAID = new RegExp(`(?<![a-z])(?:src|source|client|from|saddr|caller|peer)${BETWEEN}`, 'i');
const SERVER_SAID = new RegExp(
  `(?:(?<![a-z])(?:dst|dest|destination|server|to|daddr|upstream|target|backend)|->|=>|→)${BETWEEN}`,
  'i',
);

function endSaidBefore(context: string): MentionedHost['end'] {
  if (CLIENT_SAID.test(context)) return 'client';
  return SERVER_SAID.test(context) ? 'server' : undefined;
}
