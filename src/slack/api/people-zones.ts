import type { WebClient } from '@slack/web-api';

/** The time zone in which a person's times are read. */
export interface PersonZone {
  /** An IANA name. */
  readonly zone: string;
  /** False when Slack could not be asked in time, and UTC stands in. */
  readonly known: boolean;
}

/** Finds people's time zones; quick enough to be asked before a command is acknowledged. */
export type ZoneOf = (person: string) => Promise<PersonZone>;

const KEEP_MS = 60 * 60_000;
const MOST_PEOPLE = 5_000;
const UTC: PersonZone = { zone: 'UTC', known: false };

/** Creates the lookup, which remembers zones for an hour and the people who asked last. */
export function createZoneOf(hasty: WebClient, now: () => Date): ZoneOf {
  const remembered = new Map<string, { readonly zone: string; readonly untilMs: number }>();

  function remember(person: string, zone: string): PersonZone {
    remembered.delete(person);
    remembered.set(person, { zone, untilMs: now().getTime() + KEEP_MS });
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_PEOPLE && oldest !== undefined) remembered.delete(oldest);
    return { zone, known: true };
  }

  return async (person) => {
    const found = remembered.get(person);
    if (found !== undefined && found.untilMs > now().getTime()) return { zone: found.zone, known: true };
    try {
      const { user } = await hasty.users.info({ user: person });
      return user?.tz === undefined ? UTC : remember(person, user.tz);
    } catch {
      // An old zone is nearly always right; UTC is nearly always wrong.
      return found === undefined ? UTC : { zone: found.zone, known: true };
    }
  };
}
