import type { Config } from './config.ts';

/** How the app reaches a Slack workspace, and how that reaches the app. */
export interface SlackWorkspace {
  readonly mode:
    | { readonly kind: 'socket'; readonly appToken: string }
    | {
        readonly kind: 'http';
        readonly signingSecret: string;
        readonly port: number;
        readonly host?: string | undefined;
      };
  readonly botToken: string;
  /** Where the Web API is, when it is not Slack's own. */
  readonly slackApiUrl?: string;
}

type SlackConfig = Pick<
  Config,
  'slackMode' | 'botToken' | 'appToken' | 'signingSecret' | 'httpPort' | 'httpHost' | 'slackApiUrl'
>;

/** The workspace that was configured; undefined when there is none, so that the playground takes its place. */
export function slackWorkspace(config: SlackConfig): SlackWorkspace | undefined {
  const { slackMode, botToken, appToken, signingSecret, httpPort, httpHost, slackApiUrl } = config;
  if (slackMode === 'off' || botToken === undefined) return undefined;
  const reached = { botToken, ...(slackApiUrl !== undefined && { slackApiUrl }) };
  if (slackMode === 'http') {
    return signingSecret === undefined
      ? undefined
      : { mode: { kind: 'http', signingSecret, port: httpPort, host: httpHost }, ...reached };
  }
  return appToken === undefined ? undefined : { mode: { kind: 'socket', appToken }, ...reached };
}
