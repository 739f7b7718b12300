import { z } from 'zod';
import type { FailureWords } from '../../render/failure.ts';
import type { PersonOf } from '../api/people.ts';
import type { Log } from '../slack-log.ts';

/** Who may ask in addition to the members of the app's own workspace. */
export interface Admitted {
  /** Ids of other workspaces or of an organisation. */
  readonly teams: readonly string[];
  readonly guests: boolean;
}

/** What decides who may ask. */
export interface Admission {
  readonly personOf: PersonOf;
  /** The app's own workspace; known once Slack was asked. */
  readonly ownTeam: () => string;
  readonly admitted: Admitted;
  readonly log: Log;
}

/** Who acts, as a payload says it. */
export interface Actor {
  readonly person: string;
  /** The workspaces that the payload names for the person and for where it happened. */
  readonly teams: readonly string[];
}

/** A person who may ask. */
interface Asker {
  readonly zone: string | undefined;
  /** A guest, or of another workspace: `everyone` does not include them. */
  readonly isOutsider: boolean;
}

/** Ids of people, which no terminal's user has. */
const PERSON = /^[UW][A-Z0-9]{2,}$/;

/**
 * Decides whether a person may ask: members of the app's own workspace may; guests and people of other workspaces (Slack
 * Connect, or of the same organisation) only where that is configured. A person whom Slack does not identify may not.
 */
export async function admit(actor: Actor, admission: Admission): Promise<Asker | FailureWords> {
  const { person: id, teams } = actor;
  const { personOf, ownTeam, admitted, log } = admission;
  const refuse = (words: FailureWords) => {
    log.warn({ person: id, teams, why: words.problem }, 'refused a person who may not ask');
    return words;
  };
  if (!PERSON.test(id)) return refuse(UNKNOWN);
  const own = ownTeam();
  const foreign = teams.find((team) => team !== own && !mayBeAdmitted(team, admitted.teams));
  if (foreign !== undefined) return refuse(ofOtherTeam(foreign));
  const person = await personOf(id);
  if (person === undefined) return refuse(UNKNOWN);
  const isOwn = person.teams.includes(own);
  if (!isOwn && !person.teams.some((team) => admitted.teams.includes(team)))
    return refuse(ofOtherTeam(person.teams[0] ?? ''));
  if (person.isGuest && !admitted.guests) return refuse(GUEST);
  const isFromElsewhere = !isOwn || teams.some((team) => team !== own);
  return { zone: person.zone, isOutsider: person.isGuest || isFromElsewhere };
}

/** When an organisation is admitted, the id of a workspace does not decide: what Slack says of the person does. */
function mayBeAdmitted(team: string, admitted: readonly string[]): boolean {
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

function ofOtherTeam(team: string): FailureWords {
  return {
    problem: 'flowlog answers members of its own workspace, and you are of another one.',
    next: `Let a member ask, or have \`${team}\` added to \`FLOWLOG_TEAMS\`.`,
  };
}

const TEAM = z.string().min(1).nullish().catch(undefined);

/** Where payloads name workspaces: of the person who acts, and of where they act. */
const PAYLOAD = z.looseObject({
  team_id: TEAM,
  context_team_id: TEAM,
  team: z.looseObject({ id: TEAM }).nullish().catch(undefined),
  user: z.looseObject({ team_id: TEAM }).nullish().catch(undefined),
  event: z.looseObject({ user_team: TEAM, source_team: TEAM, team: TEAM }).nullish().catch(undefined),
});

/**
 * The workspaces that a payload names: of a command where it was typed, of an event those of its sender and of its
 * channel, of a click or a form that of the person. In a channel that is shared with another workspace they differ.
 * @see https://docs.slack.dev/apis/slack-connect/using-slack-connect-api-methods
 */
export function teamsNamed(payload: unknown): readonly string[] {
  const read = PAYLOAD.safeParse(payload);
  if (!read.success) return [];
  const { team_id, context_team_id, team, user, event } = read.data;
  const all = [
    team_id,
    context_team_id,
    team?.id,
    user?.team_id,
    event?.user_team,
    event?.source_team,
    event?.team,
  ];
  return [...new Set(all.filter((id) => typeof id === 'string'))];
}
