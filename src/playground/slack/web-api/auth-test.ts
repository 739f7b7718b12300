import type { ApiMethod } from './api-method.ts';

/** Who the token belongs to. */
export const authTest: ApiMethod = {
  name: 'auth.test',
  token: 'bot',
  scopes: [],
  call: (_args, { world, playgroundUrl }) => ({
    url: `${playgroundUrl()}/`,
    team: world.team.name,
    team_id: world.team.id,
    user: world.bot.name,
    user_id: world.bot.userId,
    bot_id: world.bot.botId,
    is_enterprise_install: false,
  }),
};
