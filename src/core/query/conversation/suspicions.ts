import { type Phrase, phrase } from '../finding.ts';
import type { Conversation, Sighting } from './conversations.ts';
import { at, type Parties } from './words.ts';

/** What the records suggest beyond a verdict: in words that end its sentence, and what would show it. */
export interface Suspicion {
  readonly words: Phrase;
  readonly wouldTell: Phrase;
}

/** What is suspected of a conversation that was answered, the likeliest first. */
export function suspicionsOn({ sightings }: Conversation, parties: Parties): readonly Suspicion[] {
  return [
    cutWhenIdle(sightings),
    ...(['request', 'reply'] as const).map((way) => tooBig(sightings, way, parties)),
  ].filter((found) => found !== undefined);
}

/**
 * NAT gateways, Network Load Balancers and Gateway Load Balancers forget a connection that was idle for so long, in
 * seconds, and reset what is sent on it after.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
 */
const IDLE_CUT_SECONDS = 350;

/** A reset follows what it answers within these seconds. */
const RESET_SECONDS = 5;

/** Data on a connection of which nothing was recorded for so long that it was forgotten, and a reset for it. */
function cutWhenIdle(sightings: readonly Sighting[]): Suspicion | undefined {
  const cut = sightings.find((reset) => {
    if (reset.way !== 'reply' || reset.row.flags !== 'resets' || reset.row.action !== 'ACCEPT') return false;
    const asked = sightings.filter(
      ({ way, firstSeconds, lastSeconds }) =>
        way === 'request' &&
        firstSeconds <= reset.lastSeconds &&
        lastSeconds >= reset.firstSeconds - RESET_SECONDS,
    );
    if (asked.length === 0 || asked.some(({ row }) => row.flags !== 'plain')) return false;
    return (
      quietSecondsBefore(Math.min(...asked.map(({ firstSeconds }) => firstSeconds)), sightings) >=
      IDLE_CUT_SECONDS
    );
  });
  if (cut === undefined) return undefined;
  return {
    words: phrase` A connection that nothing used for ${String(IDLE_CUT_SECONDS)} seconds was reset at ${at(cut.firstSeconds)}: NAT gateways and Network Load Balancers forget idle ones.`,
    wouldTell: [
      'The metric IdleTimeoutCount of the NAT gateway would show idle connections that it forgot; TCP keepalives under 350 seconds prevent them.',
    ],
  };
}

/** For how long nothing was recorded before an instant; 0 where nothing came before. */
function quietSecondsBefore(seconds: number, sightings: readonly Sighting[]): number {
  const before = sightings.filter(({ lastSeconds }) => lastSeconds < seconds);
  return before.length === 0 ? 0 : seconds - Math.max(...before.map(({ lastSeconds }) => lastSeconds));
}

/** Fewer that are missing may be those of another interval or of a file that is not there yet. */
const FEWEST_LOST = 5;
/** Packets so long on average, in bytes, fill what a tunnel lets through; those that are let through are far shorter. */
const [LONG_BYTES, SHORT_BYTES] = [1_200, 600];

/** Long packets of one direction left an interface, and the other end recorded short ones of it alone. */
function tooBig(
  sightings: readonly Sighting[],
  way: Sighting['way'],
  { client, server }: Parties,
): Suspicion | undefined {
  const accepted = sightings.filter((sighting) => sighting.way === way && sighting.row.action === 'ACCEPT');
  const amountAt = (end: Sighting['end']) => {
    const rows = accepted.filter((sighting) => sighting.end === end).map(({ row }) => row);
    return {
      packets: rows.reduce((sum, { packets }) => sum + Number(packets ?? 0), 0),
      bytes: rows.reduce((sum, { bytes }) => sum + Number(bytes ?? 0), 0),
    };
  };
  const [from, to] = way === 'request' ? (['client', 'server'] as const) : (['server', 'client'] as const);
  const [sent, arrived] = [amountAt(from), amountAt(to)];
  const lost = { packets: sent.packets - arrived.packets, bytes: sent.bytes - arrived.bytes };
  if (arrived.packets === 0 || lost.packets < FEWEST_LOST) return undefined;
  if (lost.bytes / lost.packets < LONG_BYTES || arrived.bytes / arrived.packets > SHORT_BYTES)
    return undefined;
  const [sender, receiver] = way === 'request' ? [client, server] : [server, client];
  return {
    words: phrase` Packets of ${sender} of ${String(Math.round(lost.bytes / lost.packets))} bytes on average are not seen at ${receiver}, where short ones arrive: the path may take shorter ones alone (MTU).`,
    wouldTell: phrase`\`tracepath\` from ${sender} to ${receiver} would show the longest packet that the path takes.`,
  };
}
