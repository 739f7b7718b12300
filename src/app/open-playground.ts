import { HOSTS } from '../playground/aws/network.ts';
import type { SlackPlayground } from '../playground/slack/slack-playground.ts';
import { startSlackPlayground } from '../playground/slack/start-slack-playground.ts';
import { ALL_SCOPES, MESSAGE_SHORTCUT } from '../slack/scopes.ts';
import type { Suggestion } from '../terminal/welcome-text.ts';
import type { Config } from './config.ts';
import { ENTRIES } from './reading.ts';
import type { SlackWorkspace } from './slack-workspace.ts';
import type { World } from './this-process.ts';

/** The playground and how the app reaches it: as it would reach Slack. */
export interface OpenPlayground {
  readonly playground: SlackPlayground;
  readonly workspace: SlackWorkspace;
}

/** What woke the person who opens the playground: the symptoms of the sample's incident, as a monitor would post them. */
const ALERT = {
  channel: 'incident-42',
  author: 'monitor',
  text: 'FIRING · checkout errors above 30 %. app-1 and app-2: could not connect to db-1:5432, connection timed out. web-2: redis at cache-1:6379, read timed out.',
};

/** Starts the playground, on its usual port or, when that is taken, on any other. */
export async function openPlayground(
  { command, playgroundPort, lake }: Pick<Config, 'command' | 'playgroundPort' | 'lake'>,
  suggestions: readonly Suggestion[],
  { now, newId }: World,
): Promise<OpenPlayground> {
  const tokens = { botToken: `xoxb-playground-${newId()}`, appToken: `xapp-playground-${newId()}` };
  // The names of machines are known for the sample network only.
  const names =
    lake === undefined ? Object.values(HOSTS).map(({ name, address }) => ({ name, address })) : [];
  const options = {
    ...tokens,
    now,
    newId: () => newId().slice(0, 8),
    newSecret: () => newId().replaceAll('-', ''),
    scopes: ALL_SCOPES,
    command,
    usageHint: `[${ENTRIES.map(({ name }) => name).join(' | ')} | help]`,
    opening: lake === undefined ? [ALERT] : [],
    suggestions: suggestions.map(({ label, line }) => ({ label, text: `${command} ${line}` })),
    names,
    shortcuts: [{ ...MESSAGE_SHORTCUT, type: 'message' as const }],
  };
  const playground = await startSlackPlayground({ ...options, port: playgroundPort }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') return startSlackPlayground({ ...options, port: 0 });
      throw error;
    },
  );
  const { botToken, appToken } = tokens;
  return {
    playground,
    workspace: { mode: { kind: 'socket', appToken }, botToken, slackApiUrl: playground.slackApiUrl },
  };
}
