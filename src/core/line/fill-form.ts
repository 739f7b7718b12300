import { tz } from '@date-fns/tz';
import { format } from 'date-fns';
import { parseMoment } from '../time/moments.ts';
import { writeWindow } from '../time/resolve-window.ts';
import type { WindowWords } from '../time/window.ts';
import type { Clock } from '../time/zones.ts';
import { type Entry, queryNamed } from './entry.ts';
import { type FilledForm, formArguments } from './entry-form.ts';
import type { MentionedHost } from './hosts-in-text.ts';
import type { MessageFacts } from './read-message.ts';
import { named, writeTokens } from './tokens.ts';
import type { ReadLine } from './understand.ts';

/** The form of a line that was understood; times are written as a person in the zone of the clock types them. */
export function formOfLine(
  { entry, args, words }: Pick<ReadLine, 'entry' | 'args' | 'words'>,
  clock: Clock,
): FilledForm {
  const written = Object.entries(entry.args).flatMap(([name, arg]) => {
    const text = arg.write(args[name]);
    return text === undefined ? [] : [[name, text] as const];
  });
  const own = new Set(formArguments(entry).map(([name]) => name));
  const more = written.filter(([name]) => !own.has(name)).map(([name, text]) => named(name, text));
  return {
    entry,
    values: Object.fromEntries(written.filter(([name]) => own.has(name))),
    more: writeTokens(more),
    window: words === undefined ? '' : spoken(words, clock),
  };
}

/** So long before an alert what it is about may have begun; then one sees how it was before. */
const BEFORE_ALERT_MS = 15 * 60_000;
/** An alert that is older is asked about as it was: until an hour after it. */
const LONGEST_SINCE_MS = 6 * 3_600_000;
const AFTER_ALERT_MS = 3_600_000;

/**
 * The form of the question that a message raises: why one host does not reach another, who connected to the one that it
 * names, what was rejected on a port; since shortly before its time. Without any of them it is empty.
 */
export function formOfMessage(facts: MessageFacts, catalog: readonly Entry[], clock: Clock): FilledForm {
  const { client, server, port } = connectionIn(facts);
  const hosts = [client, server].flatMap((host) => (host === undefined ? [] : [host.text]));
  const [only] = hosts;
  const name = nameOfQuestion({ client, server, port });
  const entry = queryNamed(name, catalog) ?? catalog.find(({ kind }) => kind === 'query') ?? catalog[0];
  if (entry === undefined) throw new RangeError('a catalog without entries has no form');
  const places = formArguments(entry).filter(([, { place, takesNames }]) => place === 'bare' && takesNames);
  const filled = places.flatMap(([arg], index) => {
    const host = places.length === 1 ? only : hosts[index];
    return host === undefined ? [] : [[arg, host] as const];
  });
  const asked = port === undefined || entry.args.port === undefined ? [] : [['port', String(port)] as const];
  const isEmpty = hosts.length === 0 && port === undefined;
  return {
    entry,
    values: Object.fromEntries([...filled, ...asked]),
    more: '',
    window: isEmpty ? '' : spoken(windowAround(facts.at, clock.now), clock),
  };
}

interface MentionedConnection {
  readonly client: MentionedHost | undefined;
  readonly server: MentionedHost | undefined;
  readonly port: number | undefined;
}

/** Ports above are those of clients on Linux. */
const HIGHEST_SERVICE_PORT = 32_767;

/** Who calls whom: as the text says it, else the one with the port of a service is called, else the second by the first. */
function connectionIn({ hosts, ports: [said] }: MessageFacts): MentionedConnection {
  const isService = ({ port }: MentionedHost) => port !== undefined && port <= HIGHEST_SERVICE_PORT;
  const [first, second] = hosts;
  const server =
    hosts.find((host) => host.end === 'server' && isService(host)) ??
    hosts.find((host) => host.end === 'server') ??
    hosts.find((host) => host.end === undefined && isService(host)) ??
    (second === undefined || second.end === 'client' ? undefined : second) ??
    (first?.end === 'client' ? undefined : first);
  const others = hosts.filter((host) => host !== server);
  const client = others.find(({ end }) => end === 'client') ?? others[0];
  const own = server !== undefined && isService(server) ? server.port : undefined;
  return { client, server, port: own ?? said };
}

function nameOfQuestion({ client, server, port }: MentionedConnection): string {
  const isBlock = [client, server].some((host) => host?.text.includes('/'));
  if (client !== undefined && server !== undefined) return isBlock ? 'between' : 'why';
  if (client !== undefined) return 'from';
  return server === undefined && port !== undefined ? 'rejected' : 'to';
}

function windowAround(at: Date, now: Date): WindowWords {
  const fromMs = Math.floor((at.getTime() - BEFORE_ALERT_MS) / 60_000) * 60_000;
  if (now.getTime() - fromMs <= LONGEST_SINCE_MS) return { kind: 'since', from: new Date(fromMs) };
  return { kind: 'between', from: new Date(fromMs), to: new Date(at.getTime() + AFTER_ALERT_MS) };
}

/** A window with its times on the clock of the person, without the day where that is today. */
function spoken(words: WindowWords, clock: Clock): string {
  if (words.kind === 'since') return `since ${spokenMoment(words.from, clock)}`;
  if (words.kind === 'between')
    return `since ${spokenMoment(words.from, clock)} until ${spokenMoment(words.to, clock)}`;
  return writeWindow(words);
}

/** The clock shows some times twice: these are written so that they mean what they meant. */
function spokenMoment(instant: Date, clock: Clock): string {
  const written = (pattern: string) => format(instant, pattern, { in: tz(clock.zone) });
  const time = instant.getTime() % 60_000 < 1000 ? 'HH:mm' : 'HH:mm:ss';
  const candidates = [written(time), written(`yyyy-MM-dd ${time}`)];
  const meant = (typed: string) => {
    const read = parseMoment(typed, clock);
    return 'value' in read && Math.floor(instant.getTime() / 1000) * 1000 === read.value.getTime();
  };
  return candidates.find(meant) ?? instant.toISOString().replace(/\.\d+Z$/, 'Z');
}
