import { z } from 'zod';
import type { FailureWords } from '../../render/failure.ts';
import type { PersonOf } from '../api/people.ts';
import type { Log } from '../slack-log.ts';

/** Who may ask beside the members of the app's own workspace. */
export interface Admitted {
  /** Ids of other workspaces or of an organisation. */
  readonly teams: readonly string[];
  readonly guests: boolean;
}

/** Who acts, as a payload says it. */
export interface Actor {
  readonly person: string;
  /** The workspaces that the payload names for the person and for where it happened. */
  readonly teams: readonly string[];
}

/** Somebody who may ask. */
export interface Welcome {
  readonly zone: string | undefined;
  /** A guest, or of another workspace: never meant by `everyone`. */
  readonly isOutsider: boolean;
}

/** What admitting needs to know. */
export interface AdmitParts {
  readonly personOf: PersonOf;
  /** The app's own workspace; known once Slack was asked. */
  readonly ownTeam: () => string;
  readonly admitted: Admitted;
  readonly log: Log;
}

/** Ids of people, which no terminal's user has. */
const PERSON = /^[UW][A-Z0-9]{2,}$/;

/**
 * Decides whether somebody may ask: members of the app's own workspace may; guests and people of other workspaces (Slack
 * Connect, or of the same organisation) only where that is configured. Nobody may of whom Slack does not say who they are.
 */
export async function admit(actor: Actor, parts: AdmitParts): Promise<Welcome | FailureWords> {
  const { person: id, teams } = actor;
  const refuse = (words: FailureWords) => {
    parts.log.warn({ person: id, teams, why: words.problem }, 'somebody was turned away');
    return words;
  };
  if (!PERSON.test(id)) return refuse(UNKNOWN);
  const own = parts.ownTeam();
  const named = teams.find((team) => team !== own && !mayBe(team, parts.admitted.teams));
  if (named !== undefined) return refuse(stranger(named));
  const person = await parts.personOf(id);
  if (person === undefined) return refuse(UNKNOWN);
  const isOwn = person.teams.includes(own);
  if (!isOwn && !person.teams.some((team) => parts.admitted.teams.includes(team)))
    return refuse(stranger(person.teams[0] ?? ''));
  if (person.isGuest && !parts.admitted.guests) return refuse(GUEST);
  const isFromElsewhere = !isOwn || teams.some((team) => team !== own);
  return { zone: person.zone, isOutsider: person.isGuest || isFromElsewhere };
}

/** A workspace of an organisation that is admitted is not known by its own id: what Slack says of the person decides. */
function mayBe(team: string, admitted: readonly string[]): boolean {
  return admitted.includes(team) || admitted.some((each) => each.startsWith('E'));
}

const UNKNOWN: FailureWords = {
  problem: 'Slack did not say in time who you are, so flowlog did not answer.',
  next: 'Ask again in a moment.',
};

const GUEST: FailureWords = {
  problem: 'flowlog answers members of this workspace, and you are a guest in it.',
  next: 'Let a member ask, or have `FLOWLOG_GUESTS` set to `yes`.',
};

function stranger(team: string): FailureWords {
  return {
    problem: 'flowlog answers members of its own workspace, and you are of another one.',
    next: `Let a member ask, or have \`${team}\` added to \`FLOWLOG_TEAMS\`.`,
  };
}

const team = z.string().min(1).nullish().catch(undefined);
const named = z.looseObject({ id: team }).nullish().catch(undefined);

/** Where payloads name workspaces: of the person who acts, and of where they act. */
const body = z.looseObject({
  team_id: team,
  context_team_id: team,
  team: named,
  user: z.looseObject({ team_id: team }).nullish().catch(undefined),
  event: z.looseObject({ user_team: team, source_team: team, team }).nullish().catch(undefined),
});

/**
 * The workspaces that a payload names: of a command where it was typed, of an event those of its sender and of its
 * channel, of a click or a form that of the person. In a channel that is shared with another workspace they differ.
 * @see https://docs.slack.dev/apis/slack-connect/using-slack-connect-api-methods
 */
export function teamsNamed(payload: unknown): readonly string[] {
  const read = body.safeParse(payload);
  if (!read.success) return [];
  const { team_id, context_team_id, team: inTeam, user, event } = read.data;
  const all = [
    team_id,
    context_team_id,
    inTeam?.id,
    user?.team_id,
    event?.user_team,
    event?.source_team,
    event?.team,
  ];
  return [...new Set(all.filter((id) => typeof id === 'string'))];
}
