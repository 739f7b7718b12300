/** A record by the names of its fields; what is left out is `-`. */
export type PlainRecord = Readonly<Record<string, string | number | bigint>>;

/** Noon of a day on which nothing special happens: the tests' zero, in epoch seconds. */
export const NOON = Date.parse('2026-03-05T12:00:00Z') / 1000;

/** An instant, so many seconds after noon. */
export function afterNoon(seconds: number): Date {
  return new Date((NOON + seconds) * 1000);
}

/** A record of traffic: one minute of HTTPS that ended at `end`, unless the changes say otherwise. */
export function flow(end: number, changes: PlainRecord = {}): PlainRecord {
  return {
    version: 2,
    'account-id': '012345678901',
    'interface-id': 'eni-0a0a0a0a0a0a0a0a0',
    srcaddr: '203.0.113.9',
    dstaddr: '10.0.1.5',
    srcport: 50_001,
    dstport: 443,
    protocol: 6,
    packets: 10,
    bytes: 1_000,
    start: end - 59,
    end,
    action: 'ACCEPT',
    'log-status': 'OK',
    ...changes,
  };
}

/** The record of an interval without traffic (`NODATA`), or with traffic that AWS lost (`SKIPDATA`). */
export function silence(end: number, status: 'NODATA' | 'SKIPDATA'): PlainRecord {
  return {
    version: 2,
    'account-id': '012345678901',
    'interface-id': 'eni-0a0a0a0a0a0a0a0a0',
    start: end - 59,
    end,
    'log-status': status,
  };
}
