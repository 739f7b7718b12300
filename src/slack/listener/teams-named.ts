import { z } from 'zod';

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
