import type { Packets } from './exchange.ts';

/** Bits of tcp-flags as flow logs use them. */
export const TCP_FLAGS = { none: 0, fin: 1, syn: 2, rst: 4, synAck: 18 } as const;

/** A packet that opens a connection: 20 bytes IP, 20 bytes TCP, 20 bytes options. */
const OPENING_PACKET_BYTES = 60;
const FULL_PACKET_BYTES = 1500;
/** An acknowledgement: headers and a timestamp option. */
const ACKNOWLEDGEMENT_BYTES = 52;
/** Request and reply traffic mixes full packets with acknowledgements. */
const MEAN_PACKET_BYTES = 600;

/** Ordinary traffic of so many bytes. */
export function chatter(bytes: number, tcpFlags: number): Packets {
  return { packets: Math.ceil(bytes / MEAN_PACKET_BYTES), bytes, tcpFlags };
}

/** A large transfer in full packets. */
export function bulk(bytes: number, tcpFlags: number): Packets {
  return { packets: Math.ceil(bytes / FULL_PACKET_BYTES), bytes, tcpFlags };
}

/** What the receiver of a large transfer sends back: an acknowledgement for every second packet. */
export function acknowledgements(of: Packets, tcpFlags: number): Packets {
  const packets = Math.ceil(of.packets / 2);
  return { packets, bytes: packets * ACKNOWLEDGEMENT_BYTES, tcpFlags };
}

/** Packets without data that only open: a SYN or SYN-ACK, sent again until somebody answers. */
export function openings(packets: number, tcpFlags: number): Packets {
  return { packets, bytes: packets * OPENING_PACKET_BYTES, tcpFlags };
}
