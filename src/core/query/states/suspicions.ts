import { identifier } from '../../sql/literals.ts';
import { allOf, anyOf, list, type Sql, sql } from '../../sql/sql.ts';
import type { Integer } from '../../wording.ts';
import { isSurelyOurs } from '../filters.ts';
import type { Columns, GatheredGroups } from '../selection.ts';
import { FAILING, isState } from './states.ts';

/** Ports on which a password lets people in: file transfer, shells, desktops, databases. */
const LOGIN_PORTS = [21, 22, 23, 1433, 3306, 3389, 5432, 5900, 5985, 5986] as const;

/** A person opens fewer connections, and fewer a minute; a monitor checks once or twice a minute. */
const [FEWEST_GUESSES, MORE_A_MINUTE_THAN] = [30, 2] as const;

/**
 * What a client sends in a connection in which a password was refused, in bytes with headers: a key exchange or a greeting,
 * and the password. A check that only connects sends less, a session more.
 */
const [LEAST_GUESS_BYTES, MOST_GUESS_BYTES] = [400, 5_000] as const;

/** A connection that is seen in a second interval is no short one: three records for two connections leaves room for chance. */
const [MOST_RECORDS, FOR_CONNECTIONS] = [3, 2] as const;

/**
 * From so many services on that one client tried in vain it is called a scan.
 * @see https://github.com/elastic/detection-rules rules/network: 50 different ports
 */
const FEWEST_SCANNED = 50;

/** A scan tries a port once or twice; a client that repeats itself leaves more records. */
const MOST_RECORDS_A_SCANNED = 4;

/**
 * From so many bytes on that one client sent to one address outside it is called an upload.
 * @see https://github.com/turbot/tailpipe-mod-aws-vpc-flow-log-detections: 500 MB
 */
const FEWEST_UPLOADED = 500_000_000;

/** And so many times what came back: what is fetched is no upload. */
const TIMES_WHAT_CAME_BACK = 5;

const [CLIENT, SERVER] = [identifier('client'), identifier('server')];
const IS_INTERNAL = sql`client_inside`;
const IS_KNOWN = sql`role <> 'unknown'`;

const IS_FAILING = sql`fails`;

/** Many short connections of one address outside on a port with a password, each answered. */
const IS_GUESSING = allOf(
  sql`source = ${CLIENT}`,
  isState('answered'),
  sql`port IN (${list(LOGIN_PORTS.map((port) => sql`${port}`))})`,
  sql`NOT (${IS_INTERNAL})`,
  sql`openings >= ${FEWEST_GUESSES}`,
  sql`openings * 60 > (last_seen - first_seen) * ${MORE_A_MINUTE_THAN}`,
  sql`bytes BETWEEN openings * ${LEAST_GUESS_BYTES} AND openings * ${MOST_GUESS_BYTES}`,
  sql`records * ${FOR_CONNECTIONS} <= openings * ${MOST_RECORDS}`,
);

const IS_SCANNING = allOf(
  sql`tried >= ${FEWEST_SCANNED}`,
  sql`tried > served`,
  sql`tried_records <= tried * ${MOST_RECORDS_A_SCANNED}`,
);

/** It went to an address outside that the sender asked. */
const IS_UPLOAD = allOf(
  sql`source = ${CLIENT}`,
  IS_KNOWN,
  sql`action = 'ACCEPT'`,
  IS_INTERNAL,
  sql`NOT server_inside`,
  sql`bytes >= ${FEWEST_UPLOADED}`,
  sql`bytes >= back * ${TIMES_WHAT_CAME_BACK}`,
  sql`bytes * 2 >= sent_in_all`,
);

/** How much a row matters, as `weight`: what fails and did not comes first, then attacks, then what comes and goes. */
export const WEIGHTS = { broken: 6, failing: 5, guessing: 4, upload: 3, scanning: 2, mixed: 1 } as const;

/** Whether the weight of a row is that of a conversation that fails. */
export function isFailing(weight: Integer): boolean {
  return Number(weight) >= WEIGHTS.failing;
}

/**
 * What hurts: what fails for a client of our own, or for one that was answered before. What the internet tries in vain is
 * no failure, unless one address tries very much. Of a scan only its first row has the weight.
 */
const WEIGHT = sql`CASE
      WHEN ${allOf(IS_FAILING, sql`NOT is_scan`, anyOf(IS_INTERNAL, sql`last_answer IS NOT NULL`))}
        THEN CASE WHEN since IS NULL THEN ${WEIGHTS.failing} ELSE ${WEIGHTS.broken} END
      WHEN ${IS_GUESSING} THEN ${WEIGHTS.guessing}
      WHEN ${IS_UPLOAD} THEN ${WEIGHTS.upload}
      WHEN ${sql`is_scan AND nth_of_client = 1`} THEN ${WEIGHTS.scanning}
      WHEN ${allOf(isState('mixed'), IS_INTERNAL)} THEN ${WEIGHTS.mixed}
      ELSE 0 END`;

/** How many services a client tried in vain, how many answered it, and how much it sent in all. */
const OF_CLIENT: Columns = {
  tried: sql`sum(CASE WHEN ${allOf(sql`nth = 1`, IS_FAILING)} THEN 1 ELSE 0 END)`,
  served: sql`sum(CASE WHEN ${allOf(sql`nth = 1`, isState('answered'))} THEN 1 ELSE 0 END)`,
  tried_records: sql`sum(CASE WHEN ${allOf(sql`nth = 1`, IS_FAILING)} THEN records ELSE 0 END)`,
  tried_from: sql`min(CASE WHEN ${IS_FAILING} THEN first_seen END)`,
  tried_to: sql`max(CASE WHEN ${IS_FAILING} THEN last_seen END)`,
  tried_least: sql`min(CASE WHEN ${IS_FAILING} THEN server END)`,
  tried_most: sql`max(CASE WHEN ${IS_FAILING} THEN server END)`,
  sent_in_all: sql`sum(CASE WHEN source = ${CLIENT} THEN bytes END)`,
};

/** What the weight follows from, written once: a statement has only so much room. */
const TRAITS: Columns = {
  client_inside: isSurelyOurs(CLIENT, SERVER),
  server_inside: isSurelyOurs(SERVER, CLIENT),
  fails: allOf(isState(...FAILING), IS_KNOWN),
};

/**
 * Conversations with states, with the `weight` of each and what it follows from; `keep` says which of their rows stay once
 * all is counted.
 */
export function withWeights(states: GatheredGroups, keep: Sql | undefined): GatheredGroups {
  const counted: GatheredGroups = {
    from: { from: states, per: [], gather: {}, derive: TRAITS },
    per: ['client'],
    gather: OF_CLIENT,
    placeAs: {
      name: 'nth_of_client',
      orderBy: sql`CASE WHEN ${allOf(keep, IS_FAILING)} THEN 0 ELSE 1 END, server, port, protocol, source, action, role`,
    },
    derive: {
      is_scan: allOf(IS_SCANNING, IS_FAILING),
      target: sql`CASE WHEN tried_least = tried_most THEN tried_least ELSE '-' END`,
    },
    drop: ['nth', 'served', 'tried_records', 'tried_least', 'tried_most'],
    ...(keep !== undefined && { keep }),
  };
  return {
    from: counted,
    per: [],
    gather: {},
    derive: { weight: WEIGHT },
    drop: ['nth_of_client', 'sent_in_all', 'fails'],
  };
}
