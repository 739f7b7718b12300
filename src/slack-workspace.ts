import type { Config } from './config.ts';

/** How the app reaches a Slack workspace, and how that reaches the app. */
export interface SlackWorkspace {
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  readonly botToken: string;
  /** Where the Web API is, when it is not Slack's own. */
  readonly slackApiUrl?: string;
}

type SlackConfig = Pick<Config, 'slackMode' | 'botToken' | 'appToken' | 'signingSecret' | 'httpPort'>;

/** The workspace that was configured; undefined when there is none, so that the desk stands in. */
export function slackWorkspace(config: SlackConfig): SlackWorkspace | undefined {
  const { slackMode, botToken, appToken, signingSecret, httpPort } = config;
  if (slackMode === 'off' || botToken === undefined) return undefined;
  if (slackMode === 'http') {
    return signingSecret === undefined
      ? undefined
      : { mode: { kind: 'http', signingSecret, port: httpPort }, botToken };
  }
  return appToken === undefined ? undefined : { mode: { kind: 'socket', appToken }, botToken };
}
