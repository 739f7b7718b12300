import type { Desk } from '../playground/slack/desk.ts';
import { startDesk } from '../playground/slack/start-desk.ts';
import { COMMAND_SCOPE, EVENT_SCOPES, MESSAGE_SHORTCUT, METHOD_SCOPES } from '../slack/scopes.ts';
import type { Suggestion } from '../terminal/welcome-text.ts';
import { ENTRIES } from './asking.ts';
import type { Config } from './config.ts';
import type { SlackWorkspace } from './slack-workspace.ts';
import type { World } from './world.ts';

/** The desk and how the app reaches it: as it would reach Slack. */
export interface OpenDesk {
  readonly desk: Desk;
  readonly workspace: SlackWorkspace;
}

/** Starts the desk, on its usual port or, when that is taken, on any other. */
export async function openDesk(
  { command, deskPort }: Pick<Config, 'command' | 'deskPort'>,
  suggestions: readonly Suggestion[],
  { now, newId }: World,
): Promise<OpenDesk> {
  const tokens = { botToken: `xoxb-desk-${newId()}`, appToken: `xapp-desk-${newId()}` };
  const options = {
    ...tokens,
    now,
    newId: () => newId().slice(0, 8),
    newSecret: () => newId().replaceAll('-', ''),
    scopes: [COMMAND_SCOPE, ...Object.values(METHOD_SCOPES).flat(), ...Object.values(EVENT_SCOPES).flat()],
    command,
    usageHint: `[${ENTRIES.map(({ name }) => name).join(' | ')} | help]`,
    suggestions: suggestions.map(({ label, line }) => ({ label, text: `${command} ${line}` })),
    shortcuts: [{ ...MESSAGE_SHORTCUT, type: 'message' as const }],
  };
  const desk = await startDesk({ ...options, port: deskPort }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') return startDesk({ ...options, port: 0 });
    throw error;
  });
  const { botToken, appToken } = tokens;
  return { desk, workspace: { mode: { kind: 'socket', appToken }, botToken, slackApiUrl: desk.slackApiUrl } };
}
