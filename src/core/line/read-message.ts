import { isRecognised } from '../reading.ts';
import { parseMoment } from '../time/moments.ts';
import type { Clock } from '../time/zones.ts';
import { hostsIn, type MentionedHost } from './hosts-in-text.ts';

/** What a message says that a question can be made of. */
export interface MessageFacts {
  readonly hosts: readonly MentionedHost[];
  /** Ports that are written without a host, in their order. */
  readonly ports: readonly number[];
  /** The earliest instant of the day before the message that it names, or else when it was sent. */
  readonly at: Date;
}

/** How a message is read: when it was sent, in whose time zone times without one are, and what things are called. */
export interface MessageReading {
  readonly sentAt: Date;
  readonly zone: string;
  readonly names: ReadonlySet<string>;
}

/** More of a message is not read: the head of a log says what it is about. */
const LONGEST_READ = 20_000;

/**
 * Reads an alert, a stack trace or what a person wrote, with Slack's links and escapes in it: hosts, ports and times. Pure,
 * and without guesses: what is not written there is not in the result.
 */
export function readMessage(text: string, { sentAt, zone, names }: MessageReading): MessageFacts {
  const plain = withoutMarkup(text.slice(0, LONGEST_READ));
  return {
    hosts: hostsIn(plain, names),
    ports: portsIn(plain),
    at: earliestIn(plain, { now: sentAt, zone }),
  };
}

const DATE_MARKUP = /<!date\^(\d{10})\^[^<>]{0,300}>/g;
const MENTION_MARKUP = /<[@#!][^<>]{0,300}>/g;
const LINK_MARKUP = /<([a-z][a-z0-9+.-]{0,20}:[^<>|]{1,3000})(?:\|([^<>]{0,3000}))?>/gi;

/** Slack's links as their address and their label, its dates as epoch seconds, its mentions gone, its escapes undone. */
function withoutMarkup(text: string): string {
  return text
    .replace(DATE_MARKUP, ' $1 ')
    .replace(MENTION_MARKUP, ' ')
    .replace(LINK_MARKUP, ' $1 $2 ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\\[nrt](?=\S)/g, ' ');
}

const PORT_SAID =
  /(?<![a-z])(?:(?:dst|dest|destination|d|server|target|listen)[_.-]?)?port["'`]?\s{0,3}[:=#]?\s{0,3}["'`]?(\d{1,5})(?![\w.])|(?<![\w./:-])(\d{1,5})\/(?:tcp|udp)\b|\b(?:tcp|udp)\/(\d{1,5})(?![\w.])/gi;
const HIGHEST_PORT = 65_535;

function portsIn(text: string): readonly number[] {
  const found = [...text.matchAll(PORT_SAID)].map(([, said, before, behind]) =>
    Number(said ?? before ?? behind),
  );
  return [...new Set(found)].filter((port) => port > 0 && port <= HIGHEST_PORT);
}

const DAY = String.raw`(?:\d{4}-\d{2}-\d{2}[t ])?`;
const TIME = new RegExp(
  String.raw`(?<![\w.:/-])(?:${DAY}\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?: ?(?:utc|gmt|z|[+-]\d{2}:?\d{2}))?|\d{10}|\d{13})(?!\w|:\d)`,
  'gi',
);
const HOUR_MS = 3_600_000;
const LONGEST_AGO_MS = 24 * HOUR_MS;
const WITH_DAY = /^\d{4}-|^\d{10}/;
/** A time of day alone is in the zone of who wrote it, which is not known: only one of the hours before is likely meant. */
const LONGEST_AGO_ALONE_MS = 3 * HOUR_MS;

/** An alert names when it began; what is older than a day, or later than the message, is about something else. */
function earliestIn(text: string, { now, zone }: Clock): Date {
  const named = [...text.matchAll(TIME)].flatMap(([word]) => {
    const longestMs = WITH_DAY.test(word) ? LONGEST_AGO_MS : LONGEST_AGO_ALONE_MS;
    // Machines write UTC, people their own time: the later of both that is not in the future.
    const ages = [zone, 'UTC'].flatMap((each) => {
      const read = parseMoment(word.replace(',', '.'), { now, zone: each });
      return isRecognised(read) ? now.getTime() - read.value.getTime() : [];
    });
    const possible = ages.filter((ageMs) => ageMs >= 0 && ageMs <= longestMs);
    return possible.length === 0 ? [] : [Math.min(...possible)];
  });
  return new Date(now.getTime() - Math.max(0, ...named));
}
