import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Log } from '../slack-log.ts';
import { slackRefusal } from './slack-refusal.ts';

/** What Slack knows of a person: whether they may ask is decided by it, and their time zone. */
export interface Person {
  /** An IANA name; undefined when Slack does not say it. */
  readonly zone: string | undefined;
  /** A guest sees only what the workspace chooses; Slack calls them restricted. */
  readonly isGuest: boolean;
  /** Workspaces and the organisation that the person belongs to. */
  readonly teams: readonly string[];
}

/** Finds people; quick enough to be asked before a command is acknowledged. Undefined when Slack does not say. */
export type PersonOf = (id: string) => Promise<Person | undefined>;

const KEEP_MS = 60 * 60_000;
/** While Slack does not answer, what it said in the last day is used, and nothing older. */
const STALE_MS = 24 * 60 * 60_000;
const MOST_PEOPLE = 5_000;
/** Two lookups still leave time to acknowledge a command. */
const MOST_TRIES = 2;

/** Of a person of another workspace, in a shared channel, Slack says little. */
const USER = z.object({
  tz: z.string().optional(),
  team_id: z.string(),
  teams: z.array(z.string()).default([]),
  enterprise_user: z
    .object({ enterprise_id: z.string().optional(), teams: z.array(z.string()).default([]) })
    .optional(),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
});

/**
 * Creates the lookup, which remembers for an hour the people who asked last. A failed lookup is logged: without the scope
 * `users:read` all of them fail, and no one is answered.
 */
export function createPersonOf(quick: WebClient, now: () => Date, log: Pick<Log, 'warn'>): PersonOf {
  const remembered = new Map<string, { readonly person: Person; readonly atMs: number }>();
  const asking = new Map<string, Promise<Person | undefined>>();

  function remember(id: string, person: Person): Person {
    remembered.delete(id);
    remembered.set(id, { person, atMs: now().getTime() });
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_PEOPLE && oldest !== undefined) remembered.delete(oldest);
    return person;
  }

  async function ask(id: string, tries = 1): Promise<Person | undefined> {
    try {
      const read = USER.safeParse((await quick.users.info({ user: id })).user);
      return read.success ? personFrom(read.data) : undefined;
    } catch (error) {
      log.warn(
        { person: id, tries, ...slackRefusal(error) },
        'Slack did not identify a person, who gets no answer: check that the bot has the scope users:read',
      );
      return tries < MOST_TRIES ? ask(id, tries + 1) : undefined;
    }
  }

  /** Lines that a person sends together wait for one lookup. */
  function askOnce(id: string): Promise<Person | undefined> {
    const under = asking.get(id);
    if (under !== undefined) return under;
    const asked = ask(id).finally(() => asking.delete(id));
    asking.set(id, asked);
    return asked;
  }

  return async (id) => {
    const found = remembered.get(id);
    const ageMs = found === undefined ? Number.POSITIVE_INFINITY : now().getTime() - found.atMs;
    if (found !== undefined && ageMs < KEEP_MS) return found.person;
    const asked = await askOnce(id);
    if (asked !== undefined) return remember(id, asked);
    return ageMs < STALE_MS ? found?.person : undefined;
  };
}

function personFrom(read: z.infer<typeof USER>): Person {
  const { tz, team_id, teams, enterprise_user, is_restricted, is_ultra_restricted } = read;
  const { enterprise_id, teams: inOrganisation = [] } = enterprise_user ?? {};
  return {
    zone: tz,
    isGuest: is_restricted || is_ultra_restricted,
    teams: [team_id, ...teams, ...inOrganisation, ...(enterprise_id === undefined ? [] : [enterprise_id])],
  };
}
