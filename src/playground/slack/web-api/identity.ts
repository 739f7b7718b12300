import type { Workspace } from '../workspace/workspace.ts';
import { requiredText } from './api-arguments.ts';
import { ApiError, type ApiMethod } from './api-method.ts';

/** The owner of the token. */
export const authTest: ApiMethod = {
  name: 'auth.test',
  token: 'bot',
  scopes: [],
  call: (_args, { workspace, playgroundUrl }) => ({
    url: `${playgroundUrl()}/`,
    team: workspace.team.name,
    team_id: workspace.team.id,
    user: workspace.bot.name,
    user_id: workspace.bot.userId,
    bot_id: workspace.bot.botId,
    is_enterprise_install: false,
  }),
};

/** A person's name and time zone. */
export const usersInfo: ApiMethod = {
  name: 'users.info',
  token: 'bot',
  scopes: ['users:read'],
  call(args, { workspace }) {
    const id = requiredText(args, 'user');
    if (id === workspace.bot.userId) return { user: showBot(workspace) };
    const person = workspace.people.find((one) => one.id === id);
    if (!person) throw new ApiError('user_not_found');
    const tz = { tz: person.tz, tz_label: person.tz, tz_offset: offsetSeconds(person.tz, workspace.now()) };
    const profile = { real_name: person.realName, display_name: person.name };
    const user = {
      id,
      team_id: person.team ?? workspace.team.id,
      name: person.name,
      deleted: false,
      is_bot: false,
      is_restricted: person.guest !== undefined,
      is_ultra_restricted: person.guest === 'of-one-channel',
      ...(person.team !== undefined && { is_stranger: true }),
      real_name: person.realName,
    };
    return { user: { ...user, ...tz, profile } };
  },
};

function showBot(workspace: Workspace): Readonly<Record<string, unknown>> {
  const { userId, name } = workspace.bot;
  return {
    id: userId,
    team_id: workspace.team.id,
    name,
    deleted: false,
    is_bot: true,
    real_name: name,
    tz: 'UTC',
    tz_offset: 0,
  };
}

/** Seconds east of Greenwich at that instant, daylight saving included. */
function offsetSeconds(tz: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const written = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(written);
  if (!match) return 0;
  const seconds = Number(match[2]) * 3_600 + Number(match[3]) * 60;
  return match[1] === '-' ? -seconds : seconds;
}

/** An address for one Socket Mode connection; the only method that takes the app-level token. */
export const appsConnectionsOpen: ApiMethod = {
  name: 'apps.connections.open',
  token: 'app',
  scopes: [],
  call: (_args, { newSocketUrl }) => ({ url: newSocketUrl() }),
};
